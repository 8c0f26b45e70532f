using NeetoDeploy.Api.Contracts.Json;

namespace NeetoDeploy.Api.Contracts.Slugs;

/// <summary>An image of an app with its process types.</summary>
/// <param name="Checksum"><c>SHA256:hex</c> of an uploaded archive, when the user gave it; else the image's digest; null before there is one.</param>
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

/// <summary>Where the slug is: with <c>put</c> its archive goes there; with <c>get</c> it is the image's reference in the installation's registry.</summary>
public sealed record SlugBlob(string Method, string Url);
