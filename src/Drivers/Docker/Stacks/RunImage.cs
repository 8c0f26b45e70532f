using NeetoDeploy.Drivers.Docker.Engine;

namespace NeetoDeploy.Drivers.Docker.Stacks;

/// <summary>Makes the image that apps run on: mmdebstrap writes a root file system, and the engine imports it while it is written.</summary>
internal sealed class RunImage(DockerEngine engine, StackImageStore store, DockerOptions options)
{
    private const string Kind = "run";

    /// <summary>Answers the image's id.</summary>
    public async Task<string> EnsureAsync(StackRecipe recipe, string name, IProgress<string> progress, CancellationToken cancel)
    {
        if (await store.FindAsync(name, cancel) is { } existing)
            return existing;
        if (await store.AdoptAsync(recipe, Kind, name, cancel) is { } adopted)
            return adopted;
        progress.Report($"Making the run image of {recipe.Name} with mmdebstrap (about 40 s)");
        var directory = Directory.CreateDirectory(Path.Combine(options.DataDirectory, "stacks")).FullName;
        using var scratch = StackScratch.Open(directory, options.InstallationId);
        await using var debootstrap = Debootstrap.Start(recipe, directory, scratch.Path);
        await engine.ImportAsync(
            debootstrap.Tar,
            Repository(name),
            recipe.Hash,
            StackImageStore.Changes(store.Labels(recipe, Kind)),
            cancel
        );
        await debootstrap.FinishAsync(cancel);
        // Named last: what was cut off half-way has no name and is made again.
        return await store.FindAsync(name, cancel) ?? throw EngineErrors.OfProgress($"the import of {name} left no image");
    }

    private static string Repository(string name) => name[..name.LastIndexOf(':')];
}
