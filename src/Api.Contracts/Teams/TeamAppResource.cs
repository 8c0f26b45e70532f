using NeetoDeploy.Api.Contracts.Accounts;
using NeetoDeploy.Api.Contracts.Json;

namespace NeetoDeploy.Api.Contracts.Teams;

/// <summary>A team's app: <c>/teams/apps</c>.</summary>
/// <param name="Joined">Whether the caller sees it without asking: always.</param>
/// <param name="Locked">Whether others in the team must ask: never.</param>
public sealed record TeamAppResource(
    DateTimeOffset? ArchivedAt,
    string? BuildpackProvidedDescription,
    NamedRef BuildStack,
    DateTimeOffset CreatedAt,
    NamedRef Generation,
    string GitUrl,
    Guid Id,
    bool? InternalRouting,
    bool Joined,
    bool Locked,
    bool Maintenance,
    string Name,
    NamedRef? Team,
    UserRef Owner,
    NamedRef Region,
    DateTimeOffset? ReleasedAt,
    long? RepoSize,
    long? SlugSize,
    NamedRef? Space,
    NamedRef Stack,
    DateTimeOffset UpdatedAt,
    string? WebUrl
);

/// <summary>Asks for a new app of a team; without one, of the caller.</summary>
public sealed record CreateTeamAppRequest(string? Name = null, string? Region = null, string? Stack = null, string? Team = null);

/// <summary>Gives an app to a team, or to an account by its e-mail address.</summary>
public sealed record GiveAppRequest(string? Owner);
