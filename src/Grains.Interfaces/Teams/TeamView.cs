using NeetoDeploy.Core.Teams;
using NeetoDeploy.Grains.Interfaces.Apps;

namespace NeetoDeploy.Grains.Interfaces.Teams;

/// <summary>A team.</summary>
[GenerateSerializer, Immutable, Alias("neeto.TeamView")]
public sealed record TeamView(
    [property: Id(0)] TeamId Id,
    [property: Id(1)] TeamName Name,
    [property: Id(2)] DateTimeOffset CreatedAt,
    [property: Id(3)] DateTimeOffset UpdatedAt
);

/// <summary>A team by id and name.</summary>
[GenerateSerializer, Immutable, Alias("neeto.TeamRef")]
public sealed record TeamRef([property: Id(0)] TeamId Id, [property: Id(1)] TeamName Name);

/// <summary>Somebody in a team.</summary>
[GenerateSerializer, Immutable, Alias("neeto.TeamMemberView")]
public sealed record TeamMemberView(
    [property: Id(0)] AccountRef Account,
    [property: Id(1)] TeamRole Role,
    [property: Id(2)] DateTimeOffset JoinedAt
);

/// <summary>What lets somebody join a team, once.</summary>
/// <param name="Email">For whom it was written; the account that it makes has this address.</param>
/// <param name="Secret">Only in the answer that made it.</param>
[GenerateSerializer, Immutable, Alias("neeto.InvitationView")]
public sealed record InvitationView(
    [property: Id(0)] Guid Id,
    [property: Id(1)] string Email,
    [property: Id(2)] TeamRole Role,
    [property: Id(3)] AccountRef InvitedBy,
    [property: Id(4)] string? Secret,
    [property: Id(5)] DateTimeOffset CreatedAt,
    [property: Id(6)] DateTimeOffset ExpiresAt
);
