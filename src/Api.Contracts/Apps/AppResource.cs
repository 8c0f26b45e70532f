using NeetoDeploy.Api.Contracts.Accounts;
using NeetoDeploy.Api.Contracts.Json;

namespace NeetoDeploy.Api.Contracts.Apps;

/// <summary>An app.</summary>
public sealed record AppResource(
    bool Acm,
    DateTimeOffset? ArchivedAt,
    string? BuildpackProvidedDescription,
    NamedRef BuildStack,
    DateTimeOffset CreatedAt,
    NamedRef Generation,
    string GitUrl,
    Guid Id,
    bool? InternalRouting,
    bool Maintenance,
    string Name,
    UserRef Owner,
    NamedRef? Organization,
    NamedRef? Team,
    NamedRef Region,
    DateTimeOffset? ReleasedAt,
    long? RepoSize,
    long? SlugSize,
    NamedRef? Space,
    NamedRef Stack,
    DateTimeOffset UpdatedAt,
    string? WebUrl
);
