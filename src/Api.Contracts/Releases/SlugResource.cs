using NeetoDeploy.Api.Contracts.Json;

namespace NeetoDeploy.Api.Contracts.Releases;

/// <summary>An image of an app with its process types.</summary>
public sealed record SlugResource(
    SlugBlob Blob,
    string? BuildpackProvidedDescription,
    string? Checksum,
    string? Commit,
    string? CommitDescription,
    DateTimeOffset CreatedAt,
    Guid Id,
    IReadOnlyDictionary<string, string> ProcessTypes,
    long? Size,
    NamedRef Stack,
    DateTimeOffset UpdatedAt,
    DateTimeOffset? DeletedAt
);

/// <summary>Where the image is: its reference in the installation's registry.</summary>
public sealed record SlugBlob(string Method, string Url);
