using Docker.DotNet;
using Docker.DotNet.Models;
using NeetoDeploy.Core.Images;

namespace NeetoDeploy.Drivers.Docker.Engine;

/// <summary>The engine's images.</summary>
internal static class EngineImages
{
    /// <summary>Pulls by digest when the engine lacks the image.</summary>
    public static async Task EnsureImageAsync(this DockerEngine engine, ImageRef image, CancellationToken cancel)
    {
        if (await engine.FindImageAsync(image.ToString(), cancel) is null)
            await engine.PullAsync(image, cancel);
    }

    public static async Task PullAsync(this DockerEngine engine, ImageRef image, CancellationToken cancel)
    {
        var failures = new ProgressFailures();
        var request = new ImagesCreateParameters { FromImage = $"{image.Registry}/{image.Repository}", Tag = image.Digest.ToString() };
        await engine.WaitAsync((client, token) => client.Images.CreateImageAsync(request, null, failures, token), cancel);
        failures.ThrowIfAny();
    }

    /// <summary>Pushes a tag; answers the digest of its manifest.</summary>
    public static async Task<ImageDigest> PushAsync(this DockerEngine engine, string repository, string tag, CancellationToken cancel)
    {
        var failures = new ProgressFailures();
        await engine.WaitAsync(
            (client, token) => client.Images.PushImageAsync(repository, new ImagePushParameters { Tag = tag }, new AuthConfig(), failures, token), cancel);
        failures.ThrowIfAny();
        var pushed = await engine.FindImageAsync($"{repository}:{tag}", cancel);
        var reference = pushed?.RepoDigests?.FirstOrDefault(d => d.StartsWith($"{repository}@", StringComparison.Ordinal))
            ?? throw EngineErrors.OfProgress($"no digest after the push of {repository}:{tag}");
        return ImageDigest.Parse(reference[(repository.Length + 1)..]);
    }

    /// <summary>Makes an image of one layer from a tar archive of a root file system.</summary>
    public static async Task ImportAsync(
        this DockerEngine engine, Stream tar, string repository, string tag, IEnumerable<string> changes, CancellationToken cancel)
    {
        var failures = new ProgressFailures();
        var request = new ImagesCreateParameters { FromSrc = "-", Repo = repository, Tag = tag, Changes = [.. changes] };
        await engine.WaitAsync((client, token) => client.Images.CreateImageAsync(request, tar, null, failures, token), cancel);
        failures.ThrowIfAny();
    }

    /// <summary>Null when the engine has no such image.</summary>
    public static Task<ImageInspectResponse?> FindImageAsync(this DockerEngine engine, string name, CancellationToken cancel) => engine.CallAsync(
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
        cancel);
}
