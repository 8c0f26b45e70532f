using System.Text;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Images;
using NeetoDeploy.Drivers.Abstractions;
using NeetoDeploy.Drivers.Abstractions.Builds;
using NeetoDeploy.Drivers.Docker.Engine;

namespace NeetoDeploy.Drivers.Docker.Dockerfiles;

/// <summary>Takes images that the engine has, or can pull.</summary>
internal sealed class DockerImageImports(DockerEngine engine, EngineNames names, AppImages images, DockerOptions options) : IImageImports
{
    public async Task<DockerfileOutcome> ImportAsync(
        AppId app,
        string reference,
        Func<ReadOnlyMemory<byte>, ValueTask> output,
        CancellationToken cancel
    )
    {
        // By its digest alone, an image of the app's own repository is meant, or else one by its id.
        if (ImageDigest.TryParse(reference, null, out var digest))
        {
            var own = new ImageRef(options.Registry, ImageRepositories.Of(app), digest);
            if (await TryPullAsync(own.ToString(), _ => ValueTask.CompletedTask, cancel) is null)
                return new DockerfileOutcome.Built(own);
        }
        else if (!IsForeign(reference, app) && await engine.FindImageAsync(reference, cancel) is null)
        {
            if (await TryPullAsync(reference, output, cancel) is { } failure)
                return new DockerfileOutcome.Failed($"the image {reference} is not on this machine and could not be pulled: {failure}");
        }
        if (await FindAsync(reference, app, cancel) is not { } name)
            return new DockerfileOutcome.Failed($"there is no image {reference} here that this app may use");
        return new DockerfileOutcome.Built(await images.PushAsync(app, name, cancel));
    }

    /// <summary>The image's name, when it has one and none that is another app's.</summary>
    private async Task<string?> FindAsync(string reference, AppId app, CancellationToken cancel)
    {
        if (IsForeign(reference, app) || await engine.FindImageAsync(reference, cancel) is not { } found)
            return null;
        var all = (found.RepoTags ?? []).Concat(found.RepoDigests ?? []).ToList();
        return all.Count == 0 || all.Exists(name => IsForeign(name, app)) ? null : all[0];
    }

    private bool IsForeign(string name, AppId app) =>
        name.StartsWith(names.DockerfileRepository, StringComparison.Ordinal)
        || (
            name.StartsWith($"{options.Registry}/apps/", StringComparison.Ordinal)
            && !name.StartsWith($"{options.Registry}/{ImageRepositories.Of(app)}@", StringComparison.Ordinal)
            && !name.StartsWith($"{options.Registry}/{ImageRepositories.Of(app)}:", StringComparison.Ordinal)
        );

    /// <summary>Answers why it cannot be pulled; null when it was.</summary>
    private async Task<string?> TryPullAsync(string reference, Func<ReadOnlyMemory<byte>, ValueTask> output, CancellationToken cancel)
    {
        try
        {
            await foreach (var status in engine.PullAsync(reference, cancel))
                await output(Encoding.UTF8.GetBytes(status + "\n"));
            return null;
        }
        catch (DriverException e) when (e.Code is not ("engine.unavailable" or "engine.disk_full"))
        {
            return e.Message;
        }
    }
}
