using NeetoDeploy.Builder.Lifecycle.Building;
using NeetoDeploy.Builder.Lifecycle.Buildpacks;
using NeetoDeploy.Builder.Lifecycle.Detection;
using NeetoDeploy.Builder.Lifecycle.Documents;
using NeetoDeploy.Builder.Lifecycle.Platform;

namespace NeetoDeploy.Builder.Lifecycle.Restoration;

/// <summary>
/// Brings the kept layers folder to the state that the specification's restore phase makes from a cache and an image: cached layers are already
/// there, everything else is removed.
/// </summary>
internal sealed class RestorePhase(LifecyclePaths paths)
{
    // What the platform and the phases keep beside the buildpacks' folders.
    private static readonly string[] NoBuildpacks = ["config", "sbom"];

    public void Run()
    {
        var group = TomlFile.Read(paths.Group, LifecycleToml.Default.GroupToml, ExitCodes.Restore).Group;
        var previous = PreviousImage.Load(paths.Layers);
        // A build that did not end may have left a layer and its file in disagreement. The package managers' own caches survive.
        var trusted = !File.Exists(paths.UnfinishedMark);
        DropStrangers([.. group.Select(b => BuildpackCatalog.Escape(b.Id))]);
        foreach (var buildpack in group)
            Restore(buildpack.Id, previous, trusted);
        File.Delete(paths.UnfinishedMark);
    }

    private void DropStrangers(HashSet<string> group)
    {
        foreach (var folder in Directory.GetDirectories(paths.Layers))
        {
            if (Path.GetFileName(folder) is var name && !group.Contains(name) && !NoBuildpacks.Contains(name))
                Directory.Delete(folder, recursive: true);
        }
    }

    private void Restore(string buildpack, PreviousImage previous, bool trusted)
    {
        var folder = Path.Combine(paths.Layers, BuildpackCatalog.Escape(buildpack));
        if (!Directory.Exists(folder))
            return;
        var kept = new HashSet<string>(StringComparer.Ordinal) { "store.toml" };
        foreach (var layer in trusted ? LayerFolder.Find(folder) : [])
        {
            var content = RestoredLayer.Decide(layer.Read(ExitCodes.Restore), previous.Find(buildpack, layer.Name));
            if (content is null)
                continue;
            layer.WriteMetadata(content.Metadata);
            kept.Add(layer.Name + ".toml");
            if (content.WithContents)
                kept.Add(layer.Name);
        }
        DropAllBut(folder, kept);
    }

    private static void DropAllBut(string folder, HashSet<string> kept)
    {
        foreach (var directory in Directory.GetDirectories(folder).Where(d => !kept.Contains(Path.GetFileName(d))))
            Directory.Delete(directory, recursive: true);
        foreach (var file in Directory.GetFiles(folder).Where(f => !kept.Contains(Path.GetFileName(f))))
            File.Delete(file);
    }
}
