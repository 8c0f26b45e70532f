using NeetoDeploy.Api.Contracts.Json;

namespace NeetoDeploy.Api.Contracts.Slugs;

/// <summary>An image of an app with its process types.</summary>
/// <param name="Checksum"><c>SHA256:hex</c> of an uploaded archive, when the user gave it; else null.</param>
/// <param name="Size">Compressed size of the app's own layers, in bytes; null before there is an image.</param>
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

/// <summary>Where the slug's archive is: with <c>put</c> it goes there, with <c>get</c> it comes from there for an hour. The URL is its own permission.</summary>
public sealed record SlugBlob(string Method, string Url);
