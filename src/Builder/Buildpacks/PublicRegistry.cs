using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NeetoDeploy.Builder.Sources;

namespace NeetoDeploy.Builder.Buildpacks;

/// <summary>Reads one image from a registry as anybody may (OCI Distribution Specification, with the token service that Docker Hub asks for).</summary>
internal sealed partial class PublicRegistry
{
    private static readonly string[] Manifests =
    [
        "application/vnd.oci.image.index.v1+json",
        "application/vnd.oci.image.manifest.v1+json",
        "application/vnd.docker.distribution.manifest.list.v2+json",
        "application/vnd.docker.distribution.manifest.v2+json",
    ];

    private readonly PublicHttp http;
    private readonly string repository;
    private readonly string reference;
    private readonly Uri server;
    private AuthenticationHeaderValue? token;

    /// <param name="image">Such as <c>heroku/buildpack-nodejs:3</c> or <c>127.0.0.1:5001/x@sha256:…</c>.</param>
    public PublicRegistry(PublicHttp http, string image)
    {
        this.http = http;
        var digest = image.Split('@', 2);
        var slash = digest[0].IndexOf('/', StringComparison.Ordinal);
        var first = digest[0][..slash];
        var isHost = first.Contains('.') || first.Contains(':') || first == "localhost";
        var path = isHost ? digest[0][(slash + 1)..] : digest[0];
        var tag = path.Split(':', 2);
        var host = isHost && first != "docker.io" ? first : "registry-1.docker.io";
        repository = host == "registry-1.docker.io" && !tag[0].Contains('/') ? $"library/{tag[0]}" : tag[0];
        reference =
            digest.Length == 2 ? digest[1]
            : tag.Length == 2 ? tag[1]
            : "latest";
        // As container engines do it: a registry on this machine needs no certificate.
        var scheme = host.Split(':')[0] is "localhost" || host.StartsWith("127.", StringComparison.Ordinal) ? "http" : "https";
        server = new Uri($"{scheme}://{host}/v2/{repository}/");
    }

    /// <summary>The image's manifest, or the index of several.</summary>
    public async Task<JsonObject> ManifestAsync(CancellationToken cancel) =>
        await OciPackage.ReadAsync(
            await OpenAsync($"manifests/{reference}", Manifests, cancel),
            reference.StartsWith("sha256:", StringComparison.Ordinal) ? reference : null,
            cancel
        );

    /// <summary>A blob, or a manifest that an index has named.</summary>
    public async Task<Stream> BlobAsync(string digest, bool isManifest, CancellationToken cancel) =>
        await OpenAsync($"{(isManifest ? "manifests" : "blobs")}/{digest}", isManifest ? Manifests : ["*/*"], cancel);

    private async Task<Stream> OpenAsync(string path, IEnumerable<string> accept, CancellationToken cancel)
    {
        var response = await SendAsync(path, accept, cancel);
        if (response.StatusCode is HttpStatusCode.Unauthorized && token is null)
        {
            token = await TokenAsync(response.Headers.WwwAuthenticate.ToString(), cancel);
            response.Dispose();
            response = await SendAsync(path, accept, cancel);
        }
        if (response.IsSuccessStatusCode)
            return await response.Content.ReadAsStreamAsync(cancel);
        using (response)
            throw new SourceException(
                $"the registry {server.Host} has no public image {repository}:{reference} ({(int)response.StatusCode})"
            );
    }

    private async Task<HttpResponseMessage> SendAsync(string path, IEnumerable<string> accept, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server, path));
        request.Headers.Authorization = token;
        foreach (var type in accept)
            request.Headers.Accept.ParseAdd(type);
        return await http.SendAsync(request, cancel);
    }

    private async Task<AuthenticationHeaderValue> TokenAsync(string challenge, CancellationToken cancel)
    {
        var parts = Parameter().Matches(challenge).ToLookup(m => m.Groups[1].Value, m => m.Groups[2].Value);
        if (parts["realm"].FirstOrDefault() is not { } realm || !Uri.TryCreate(realm, UriKind.Absolute, out var service))
            throw new SourceException($"the registry {server.Host} wants a password");
        var query =
            $"?service={Uri.EscapeDataString(parts["service"].FirstOrDefault() ?? "")}&scope={Uri.EscapeDataString($"repository:{repository}:pull")}";
        var answer = await OciPackage.ReadAsync(await http.OpenAsync(new Uri(service, query), cancel), null, cancel);
        var value = (answer["token"] ?? answer["access_token"])?.GetValue<string>();
        return new("Bearer", value ?? throw new SourceException($"the registry {server.Host} gives nobody a token"));
    }

    [GeneratedRegex("(\\w+)=\"([^\"]*)\"")]
    private static partial Regex Parameter();
}
