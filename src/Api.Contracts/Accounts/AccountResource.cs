using NeetoDeploy.Api.Contracts.Json;

namespace NeetoDeploy.Api.Contracts.Accounts;

/// <summary>An account as it sees itself: <c>GET /account</c>.</summary>
public sealed record AccountResource(
    bool AllowTracking,
    bool Beta,
    DateTimeOffset CreatedAt,
    string Email,
    bool Federated,
    Guid Id,
    NamedRef? IdentityProvider,
    DateTimeOffset? LastLogin,
    string? Name,
    string? SmsNumber,
    DateTimeOffset? SuspendedAt,
    DateTimeOffset? DelinquentAt,
    bool TwoFactorAuthentication,
    DateTimeOffset UpdatedAt,
    bool Verified,
    string? CountryOfResidence,
    NamedRef? DefaultOrganization,
    NamedRef? DefaultTeam
);
