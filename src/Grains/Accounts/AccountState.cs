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
}

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
