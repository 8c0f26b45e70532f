using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using NeetoDeploy.Core.Images;
using NeetoDeploy.Drivers.Abstractions;
using NeetoDeploy.Drivers.Abstractions.Images;

namespace NeetoDeploy.Drivers.Registry.Images;

/// <summary>An OCI registry over HTTP: <see href="https://github.com/opencontainers/distribution-spec/blob/v1.1.0/spec.md"/>.</summary>
public sealed partial class RegistryImageStore(RegistryOptions options) : IImageStore, IDisposable
{
    private const int LargestManifest = 4 * 1024 * 1024;

    private static readonly string[] ManifestTypes =
    [
        "application/vnd.oci.image.manifest.v1+json",
        "application/vnd.docker.distribution.manifest.v2+json",
        "application/vnd.oci.image.index.v1+json",
        "application/vnd.docker.distribution.manifest.list.v2+json",
    ];

    private readonly RegistryCalls calls = new(options);

    public string Registry => options.Registry;

    public void Dispose()
    {
        calls.Dispose();
        collection.Dispose();
    }

    public async Task<bool> HasBlobAsync(string repository, ImageDigest digest, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, $"v2/{repository}/blobs/{digest}");
        using var response = await calls.SendAsync(request, cancel);
        return await FoundAsync(response, cancel);
    }

    public async Task<Stream> GetBlobAsync(string repository, ImageDigest digest, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"v2/{repository}/blobs/{digest}");
        var response = await calls.SendAsync(request, cancel);
        if (!response.IsSuccessStatusCode)
        {
            using (response)
                throw await RegistryErrors.FromAsync(response, "blob", cancel);
        }
        // Disposing the stream gives the connection back; the response holds nothing else.
        return await calls.OpenAsync(response, cancel);
    }

    public async Task<ImageManifest?> GetManifestAsync(string repository, string reference, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"v2/{repository}/manifests/{reference}");
        foreach (var type in ManifestTypes)
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(type));
        using var response = await calls.SendAsync(request, cancel);
        if (!await FoundAsync(response, cancel))
            return null;
        var content = await calls.ReadAsync(response, LargestManifest, cancel);
        var digest = ImageDigest.FromHash(SHA256.HashData(content));
        if (ImageDigest.TryParse(reference, null, out var wanted) && wanted != digest)
            throw new DriverException(
                DriverErrorKind.Bug,
                "manifest.digest_mismatch",
                $"The registry answered {digest} when asked for {wanted}."
            );
        return new ImageManifest(digest, response.Content.Headers.ContentType?.MediaType ?? ManifestTypes[0], content);
    }

    public async Task<ImageDigest> PutManifestAsync(
        string repository,
        string reference,
        string mediaType,
        ReadOnlyMemory<byte> manifest,
        CancellationToken cancel
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"v2/{repository}/manifests/{reference}")
        {
            Content = new ReadOnlyMemoryContent(manifest) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType) } },
        };
        using var response = await calls.SendAsync(request, cancel);
        if (!response.IsSuccessStatusCode)
            throw await RegistryErrors.FromAsync(response, "manifest", cancel);
        return ImageDigest.FromHash(SHA256.HashData(manifest.Span));
    }

    public async Task DeleteManifestAsync(string repository, ImageDigest digest, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, $"v2/{repository}/manifests/{digest}");
        using var response = await calls.SendAsync(request, cancel);
        await FoundAsync(response, cancel);
        collection.IsDue = true;
    }

    private static async Task<bool> FoundAsync(HttpResponseMessage response, CancellationToken cancel) =>
        response switch
        {
            { IsSuccessStatusCode: true } => true,
            { StatusCode: HttpStatusCode.NotFound } => false,
            _ => throw await RegistryErrors.FromAsync(response, "registry", cancel),
        };
}
