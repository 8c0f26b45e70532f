using NeetoDeploy.Api.Contracts.Json;

namespace NeetoDeploy.Api.Contracts.Dynos;

/// <summary>A dyno.</summary>
/// <param name="AttachUrl">Where to attach to a one-off dyno that has just been made; null otherwise.</param>
/// <param name="State"><c>starting</c>, <c>up</c>, <c>idle</c>, <c>crashed</c> or <c>down</c>.</param>
public sealed record DynoResource(
    string? AttachUrl,
    string Command,
    DateTimeOffset CreatedAt,
    Guid Id,
    string Name,
    DynoReleaseRef Release,
    NamedRef App,
    string Size,
    string State,
    string Type,
    DateTimeOffset UpdatedAt
);

/// <summary>The release a dyno runs.</summary>
public sealed record DynoReleaseRef(Guid Id, int Version);
