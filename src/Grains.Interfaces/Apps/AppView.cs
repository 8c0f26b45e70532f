using System.Collections.Immutable;
using NeetoDeploy.Core.Access;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Core.Teams;
using NeetoDeploy.Grains.Interfaces.Teams;

namespace NeetoDeploy.Grains.Interfaces.Apps;

/// <summary>What to create.</summary>
/// <param name="Name">Null: a name is made up.</param>
/// <param name="Stack">Null: the default stack.</param>
[GenerateSerializer, Immutable, Alias("neeto.CreateApp")]
public sealed record CreateApp([property: Id(0)] string? Name, [property: Id(1)] string? Stack)
{
    /// <summary>The team that will own it; null: the caller.</summary>
    [Id(2)]
    public TeamName? Team { get; init; }
}

/// <summary>An account by id and e-mail.</summary>
[GenerateSerializer, Immutable, Alias("neeto.AccountRef")]
public sealed record AccountRef([property: Id(0)] AccountId Id, [property: Id(1)] string Email);

/// <summary>An app as people see it.</summary>
/// <param name="Stack">Of the running release.</param>
/// <param name="BuildStack">Of the next build.</param>
/// <param name="ReleasedAt">Of the newest release that runs; null before the first.</param>
/// <param name="SlugBytes">Size of the running image's own layers; null before the first.</param>
/// <param name="Features">Names of the enabled features.</param>
[GenerateSerializer, Immutable, Alias("neeto.AppView")]
public sealed record AppView(
    [property: Id(0)] AppId Id,
    [property: Id(1)] AppName Name,
    [property: Id(2)] AccountRef Owner,
    [property: Id(3)] string Stack,
    [property: Id(4)] string BuildStack,
    [property: Id(5)] bool Maintenance,
    [property: Id(6)] DateTimeOffset CreatedAt,
    [property: Id(7)] DateTimeOffset UpdatedAt,
    [property: Id(8)] DateTimeOffset? ReleasedAt,
    [property: Id(9)] long? SlugBytes,
    [property: Id(10)] string? BuildpackDescription,
    [property: Id(11)] ImmutableArray<BuildpackRef> Buildpacks,
    [property: Id(12)] ImmutableSortedSet<string> Features
)
{
    /// <summary>As it was when the app, its builds or its dynos last told.</summary>
    [Id(13)]
    public AppStatus Status { get; init; }

    /// <summary>The team that owns it; null: <see cref="Owner"/> does. Where a team does, that is who created it.</summary>
    [Id(14)]
    public TeamRef? Team { get; init; }
}

/// <summary>Somebody an app is shared with.</summary>
[GenerateSerializer, Immutable, Alias("neeto.CollaboratorView")]
public sealed record CollaboratorView(
    [property: Id(0)] Guid Id,
    [property: Id(1)] AccountRef Account,
    [property: Id(2)] AppRole Role,
    [property: Id(3)] DateTimeOffset CreatedAt,
    [property: Id(4)] DateTimeOffset UpdatedAt
);

/// <summary>A host name that leads to an app.</summary>
/// <param name="IsDefault">The one every app has by its name.</param>
[GenerateSerializer, Immutable, Alias("neeto.DomainView")]
public sealed record DomainView(
    [property: Id(0)] Guid Id,
    [property: Id(1)] string Host,
    [property: Id(2)] bool IsDefault,
    [property: Id(3)] DateTimeOffset CreatedAt,
    [property: Id(4)] DateTimeOffset UpdatedAt
);
