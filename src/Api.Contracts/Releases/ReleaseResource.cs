using NeetoDeploy.Api.Contracts.Accounts;
using NeetoDeploy.Api.Contracts.Json;

namespace NeetoDeploy.Api.Contracts.Releases;

/// <summary>A release.</summary>
/// <param name="OutputStreamUrl">The output of its release phase; null when it has none.</param>
/// <param name="Status"><c>pending</c>, <c>succeeded</c>, <c>failed</c> or <c>expired</c>.</param>
public sealed record ReleaseResource(
    string[] AddonPlanNames,
    ArtifactResource[] Artifacts,
    NamedRef App,
    DateTimeOffset CreatedAt,
    string Description,
    Guid Id,
    DateTimeOffset UpdatedAt,
    IdRef? Slug,
    string Status,
    UserRef User,
    int Version,
    bool Current,
    string? OutputStreamUrl,
    bool EligibleForRollback
);

/// <summary>What a release runs.</summary>
public sealed record ArtifactResource(string Type, Guid Id);
