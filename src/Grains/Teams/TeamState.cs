using System.Collections.Immutable;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Teams;
using NeetoDeploy.Grains.Interfaces.Apps;
using NeetoDeploy.Grains.Storage;

namespace NeetoDeploy.Grains.Teams;

public sealed record TeamState : StoredState
{
    public const string Name = "team";

    /// <summary>Null: there is no such team.</summary>
    public TeamId? Id { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    public ImmutableArray<StoredMember> Members { get; init; } = [];

    /// <summary>Those that said they are the team's.</summary>
    public ImmutableHashSet<AppId> Apps { get; init; } = [];

    public ImmutableArray<StoredInvitation> Invitations { get; init; } = [];
}

public sealed record StoredMember(AccountRef Account, TeamRole Role, DateTimeOffset JoinedAt);

/// <summary>An invitation without its secret.</summary>
/// <param name="Hash">SHA-256 of the secret in lower-case hex.</param>
public sealed record StoredInvitation(
    Guid Id,
    string Email,
    TeamRole Role,
    AccountRef InvitedBy,
    string Hash,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt
);
