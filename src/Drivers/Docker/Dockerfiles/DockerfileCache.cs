using System.Security.Cryptography;
using System.Text;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Drivers.Abstractions;
using NeetoDeploy.Drivers.Docker.Engine;

namespace NeetoDeploy.Drivers.Docker.Dockerfiles;

/// <summary>
/// Keeps what the last build of each image left on the engine, so that the next one takes its unchanged steps from there. Everything kept has a name
/// that holds the app; what loses its name to a newer one goes.
/// </summary>
internal sealed class DockerfileCache(DockerEngine engine, EngineNames names)
{
    /// <summary>The name of an image's last build.</summary>
    public string NameOf(AppId app, string image) => $"{names.DockerfileRepository}:{Prefix(app)}{Short(image)}";

    /// <summary>What has the name; null when nothing has.</summary>
    public async Task<string?> FindAsync(string name, CancellationToken cancel) => (await engine.FindImageAsync(name, cancel))?.ID;

    /// <summary>Names what would have no name: a stage of a build, or the last step before one that failed.</summary>
    public async Task KeepAsync(string image, string name, CancellationToken cancel)
    {
        var before = await FindAsync(name, cancel);
        await engine.TagImageAsync(image, name, cancel);
        await DropAsync(before, cancel);
    }

    /// <summary>Removes an image that a newer one took the name from, and with it the steps that only it had; one that is used otherwise stays.</summary>
    public async Task DropAsync(string? image, CancellationToken cancel)
    {
        if (image is null || await engine.FindImageAsync(image, cancel) is not { } found)
            return;
        if (found.RepoTags is { Count: > 0 } || found.RepoDigests is { Count: > 0 })
            return;
        try
        {
            await engine.RemoveImageAsync(image, cancel);
        }
        catch (DriverException e) when (e.Kind == DriverErrorKind.Conflict)
        {
            // Another build's steps stand on it.
        }
    }

    public async Task PurgeAsync(AppId app, CancellationToken cancel)
    {
        var prefix = $"{names.DockerfileRepository}:{Prefix(app)}";
        foreach (var name in await engine.ListTagsAsync(names.DockerfileRepository, cancel))
        {
            if (!name.StartsWith(prefix, StringComparison.Ordinal))
                continue;
            try
            {
                await engine.RemoveImageAsync(name, cancel);
            }
            catch (DriverException e) when (e.Kind == DriverErrorKind.Conflict)
            {
                // A dyno runs it; the release that it belongs to has a name of its own for it.
            }
        }
    }

    private static string Prefix(AppId app) => $"{app}.";

    // A process type may have characters and a length that a tag may not.
    private static string Short(string image) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(image)))[..12];
}
