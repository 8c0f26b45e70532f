using NeetoDeploy.Api.Contracts.Json;

namespace NeetoDeploy.Api.Contracts.Teams;

/// <summary>Somebody in a team: <c>/teams/{team}/members</c>.</summary>
/// <param name="Id">Of the membership.</param>
public sealed record TeamMemberResource(
    DateTimeOffset CreatedAt,
    string Email,
    bool Federated,
    Guid Id,
    string? Role,
    DateTimeOffset UpdatedAt,
    TeamUserRef User
);

/// <summary>An account, as Heroku writes it in teams.</summary>
public sealed record TeamUserRef(string Email, Guid Id, string? Name);

/// <summary>Gives somebody a role, or invites them to it.</summary>
public sealed record SetTeamRoleRequest(string? Email, string? Role);

/// <summary>Somebody who has been invited and has not joined yet: <c>/teams/{team}/invitations</c>.</summary>
public sealed record TeamInvitationResource(
    DateTimeOffset CreatedAt,
    Guid Id,
    TeamUserRef InvitedBy,
    NamedRef Team,
    string? Role,
    DateTimeOffset UpdatedAt,
    TeamUserRef User
);
