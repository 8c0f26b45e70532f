using NeetoDeploy.Api.Contracts.Json;

namespace NeetoDeploy.Api.Contracts.Accounts;

/// <summary>A token of an account: <c>/oauth/authorizations</c>.</summary>
public sealed record AuthorizationResource(
    AccessTokenResource? AccessToken,
    AuthorizationClientRef? Client,
    DateTimeOffset CreatedAt,
    string Description,
    IdRef? Grant,
    Guid Id,
    AccessTokenResource? RefreshToken,
    string[] Scope,
    IdRef? Session,
    DateTimeOffset UpdatedAt,
    AuthorizationUserRef User
);

/// <summary>The secret of an authorization.</summary>
/// <param name="ExpiresIn">Seconds from now; null: never.</param>
/// <param name="Token">The secret when it has just been made or is the caller's own; asterisks otherwise.</param>
public sealed record AccessTokenResource(int? ExpiresIn, Guid Id, string Token);

/// <summary>The program an authorization was given to.</summary>
public sealed record AuthorizationClientRef(Guid Id, string Name, string RedirectUri);

/// <summary>The account of an authorization.</summary>
public sealed record AuthorizationUserRef(Guid Id, string Email, string? FullName);
