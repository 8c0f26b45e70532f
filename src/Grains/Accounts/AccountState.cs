using System.Collections.Immutable;
using System.Text.Json.Serialization;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Grains.Storage;

namespace NeetoDeploy.Grains.Accounts;

public sealed record AccountState : StoredState
{
    public const string Name = "account";

    /// <summary>Null: there is no such account.</summary>
    public AccountId? Id { get; init; }

    public bool IsAdmin { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    public ImmutableArray<StoredToken> Tokens { get; init; } = [];

    /// <summary>As ASP.NET Core Identity's hasher writes it, with its salt; null: nobody can sign in with a password.</summary>
    public string? PasswordHash { get; init; }

    public ImmutableSortedSet<string> Teams { get; init; } = [];

    /// <summary>Null while it is active.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? DeactivatedAt { get; init; }

    /// <summary>Null: a password is enough.</summary>
    public StoredSecondFactor? SecondFactor { get; init; }
}

/// <summary>Codes beside the password.</summary>
/// <param name="SealedSecret">What the authenticator has, sealed with the installation's key.</param>
/// <param name="LastStep">The time step of the newest code that was used: neither it nor an older one is good again.</param>
/// <param name="RecoveryHashes">SHA-256 of the recovery codes that have not been used, in lower-case hex.</param>
public sealed record StoredSecondFactor(string SealedSecret, DateTimeOffset Since, long LastStep, ImmutableArray<string> RecoveryHashes);

/// <summary>A token without its secret.</summary>
/// <param name="Hash">SHA-256 of the secret in lower-case hex: the key of its grain.</param>
public sealed record StoredToken(Guid Id, string Description, string Hash, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt)
{
    /// <summary>Null: it has never been changed.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>When its present secret was made; null: with the token.</summary>
    public DateTimeOffset? RotatedAt { get; init; }

    /// <summary>Whether it was made by signing in, and is a browser's.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsSession { get; init; }
}
