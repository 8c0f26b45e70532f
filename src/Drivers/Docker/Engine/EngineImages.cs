using System.Net;
using System.Runtime.CompilerServices;
using Docker.DotNet;
using Docker.DotNet.Models;
using NeetoDeploy.Core.Images;
using NeetoDeploy.Drivers.Abstractions;

namespace NeetoDeploy.Drivers.Docker.Engine;

/// <summary>The engine's images.</summary>
internal static class EngineImages
{
    /// <summary>Pulls by digest when the engine lacks the image.</summary>
    public static async Task<ImageInspectResponse> EnsureImageAsync(this DockerEngine engine, ImageRef image, CancellationToken cancel)
    {
        if (await engine.FindImageAsync(image.ToString(), cancel) is { } present)
            return present;
        await engine.PullAsync(image, cancel);
        return await engine.FindImageAsync(image.ToString(), cancel)
            ?? throw new DriverException(DriverErrorKind.NotFound, "image.not_found", $"The engine has lost the image {image} again.");
    }

    /// <summary>Pulls; what Podman offers in Docker's manner insists on TLS.</summary>
    public static async Task PullAsync(this DockerEngine engine, ImageRef image, CancellationToken cancel)
    {
        var name = $"{image.Registry}/{image.Repository}";
        var work = await engine.IsPodmanAsync(cancel)
            ? $"/v4.0.0/libpod/images/pull?reference={Uri.EscapeDataString(image.ToString())}{WithoutTls(name)}"
            : $"images/create?fromImage={Uri.EscapeDataString(name)}&tag={Uri.EscapeDataString(image.Digest.ToString())}";
        await using var progress = new EngineProgress(await engine.OpenWorkAsync(work, cancel), engine.Translate);
        await foreach (var _ in progress.ReadAsync(cancel)) { }
    }

    /// <summary>Pulls whatever a user named; answers the progress.</summary>
    public static async IAsyncEnumerable<string> PullAsync(
        this DockerEngine engine,
        string reference,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        var work = $"images/create?fromImage={Uri.EscapeDataString(WithTag(reference))}";
        await using var progress = new EngineProgress(await engine.OpenWorkAsync(work, cancel), engine.Translate);
        await foreach (var status in progress.ReadAsync(cancel))
            yield return status;
    }

    // Without a tag, Docker would pull every image of the repository.
    private static string WithTag(string reference) =>
        reference.Contains('@', StringComparison.Ordinal) || reference.LastIndexOf(':') > reference.LastIndexOf('/')
            ? reference
            : $"{reference}:latest";

    /// <summary>Gives an image one more name, taking that from another one when it has it.</summary>
    public static Task TagImageAsync(this DockerEngine engine, string image, string name, CancellationToken cancel)
    {
        var colon = name.LastIndexOf(':');
        var request = new ImageTagParameters { RepositoryName = name[..colon], Tag = name[(colon + 1)..] };
        return engine.CallAsync((client, token) => client.Images.TagImageAsync(image, request, token), cancel);
    }

    /// <summary>The names of a repository's images, as <c>repository:tag</c>.</summary>
    public static Task<IReadOnlyList<string>> ListTagsAsync(this DockerEngine engine, string repository, CancellationToken cancel) =>
        engine.ListNamesAsync(repository, ':', image => image.RepoTags, cancel);

    /// <summary>Pushes a tag; answers the digest of its manifest. Podman makes one for the push; the image's own is another.</summary>
    public static async Task<ImageDigest> PushAsync(this DockerEngine engine, string repository, string tag, CancellationToken cancel)
    {
        const string Mark = "digest: ";
        var work = $"images/{repository}/push?tag={Uri.EscapeDataString(tag)}&format=v2s2{WithoutTls(repository)}";
        await using var progress = new EngineProgress(await engine.OpenWorkAsync(work, cancel), engine.Translate);
        ImageDigest? digest = null;
        await foreach (var status in progress.ReadAsync(cancel))
        {
            if (status.IndexOf(Mark, StringComparison.Ordinal) is >= 0 and var mark)
                digest = ImageDigest.Parse(status[(mark + Mark.Length)..].Split(' ')[0]);
        }
        return digest ?? throw EngineErrors.OfProgress($"no digest after the push of {repository}:{tag}");
    }

    // Docker does without TLS on the loopback address by itself, and takes no notice of the parameter.
    private static string WithoutTls(string name) =>
        IPAddress.TryParse(name.Split(':')[0], out var address) && IPAddress.IsLoopback(address) ? "&tlsVerify=false" : "";

    /// <summary>Makes an image of one layer from a tar archive of a root file system.</summary>
    public static async Task ImportAsync(
        this DockerEngine engine,
        Stream tar,
        string repository,
        string tag,
        IEnumerable<string> changes,
        CancellationToken cancel
    )
    {
        var failures = new ProgressFailures();
        var request = new ImagesCreateParameters
        {
            FromSrc = "-",
            Repo = $"{repository}:{tag}",
            Changes = [.. changes],
        };
        await engine.WaitAsync((client, token) => client.Images.CreateImageAsync(request, tar, null, failures, token), cancel);
        failures.ThrowIfAny();
    }

    /// <summary>The images of a repository, as <c>repository@digest</c>.</summary>
    public static Task<IReadOnlyList<string>> ListImagesAsync(this DockerEngine engine, string repository, CancellationToken cancel) =>
        engine.ListNamesAsync(repository, '@', image => image.RepoDigests, cancel);

    private static async Task<IReadOnlyList<string>> ListNamesAsync(
        this DockerEngine engine,
        string repository,
        char separator,
        Func<ImagesListResponse, IEnumerable<string>?> namesOf,
        CancellationToken cancel
    )
    {
        var request = new ImagesListParameters
        {
            Filters = new Dictionary<string, IDictionary<string, bool>>
            {
                ["reference"] = new Dictionary<string, bool> { [repository] = true },
            },
        };
        var images = await engine.CallAsync((client, token) => client.Images.ListImagesAsync(request, token), cancel);
        return
        [
            .. images
                .SelectMany(image => namesOf(image) ?? [])
                .Where(name => name.StartsWith($"{repository}{separator}", StringComparison.Ordinal))
                .Distinct(),
        ];
    }

    /// <summary>Takes a name from an image, which goes with its last one. Removing what does not exist is no error; one that is used is a conflict.</summary>
    public static Task RemoveImageAsync(this DockerEngine engine, string name, CancellationToken cancel) =>
        engine.CallAsync(
            async (client, token) =>
            {
                try
                {
                    await client.Images.DeleteImageAsync(name, new ImageDeleteParameters(), token);
                }
                catch (DockerApiException e)
                    when (e is DockerImageNotFoundException
                        // Podman lists an image under every repository that it has a name of, with every digest.
                        || e.Message.Contains("tag not known", StringComparison.Ordinal)
                    ) { }
            },
            cancel
        );

    /// <summary>Null when the engine has no such image.</summary>
    public static Task<ImageInspectResponse?> FindImageAsync(this DockerEngine engine, string name, CancellationToken cancel) =>
        engine.CallAsync(
            async (client, token) =>
            {
                try
                {
                    return await client.Images.InspectImageAsync(name, token);
                }
                catch (DockerImageNotFoundException)
                {
                    return null;
                }
            },
            cancel
        );
}
