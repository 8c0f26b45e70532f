using NeetoDeploy.Api.Contracts.Json;

namespace NeetoDeploy.Api.Contracts.Formations;

/// <summary>A process type's row in an app's formation.</summary>
public sealed record FormationResource(
    NamedRef App,
    string Command,
    DateTimeOffset CreatedAt,
    NamedRef DynoSize,
    Guid Id,
    int Quantity,
    string Size,
    string Type,
    DateTimeOffset UpdatedAt
);
