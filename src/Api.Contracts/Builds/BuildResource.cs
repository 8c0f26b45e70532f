using NeetoDeploy.Api.Contracts.Accounts;
using NeetoDeploy.Api.Contracts.Buildpacks;
using NeetoDeploy.Api.Contracts.Json;

namespace NeetoDeploy.Api.Contracts.Builds;

/// <summary>A build.</summary>
/// <param name="Status"><c>pending</c>, <c>succeeded</c> or <c>failed</c>.</param>
public sealed record BuildResource(
    IdRef App,
    BuildpackRefResource[]? Buildpacks,
    DateTimeOffset CreatedAt,
    string Generation,
    Guid Id,
    string OutputStreamUrl,
    SourceBlobResource SourceBlob,
    IdRef? Release,
    IdRef? Slug,
    string Stack,
    string Status,
    DateTimeOffset UpdatedAt,
    UserRef User
);

/// <summary>Where a build's source is.</summary>
public sealed record SourceBlobResource(string? Checksum, string Url, string? Version, string? VersionDescription);
