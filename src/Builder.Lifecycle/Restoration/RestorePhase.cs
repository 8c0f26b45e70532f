using NeetoDeploy.Builder.Lifecycle.Building;
using NeetoDeploy.Builder.Lifecycle.Buildpacks;
using NeetoDeploy.Builder.Lifecycle.Detection;
using NeetoDeploy.Builder.Lifecycle.Documents;
using NeetoDeploy.Builder.Lifecycle.Platform;
using Tomlyn.Model;

namespace NeetoDeploy.Builder.Lifecycle.Restoration;

/// <summary>
/// Brings the kept layers folder to the state that the specification's restore phase makes from a cache and an image: cached layers are already
/// there, everything else is removed.
/// </summary>
/// <param name="paths">Where the layers are.</param>
/// <param name="purpose">An image that was built for something else is no previous image.</param>
/// <param name="withLayers">False: buildpacks find what they stored and nothing else.</param>
internal sealed class RestorePhase(LifecyclePaths paths, ExecutionEnvironment purpose, bool withLayers)
{
    // What the platform and the phases keep beside the buildpacks' folders.
    private static readonly string[] NoBuildpacks = ["config", "sbom"];

    private readonly SbomFiles sbom = new(paths);

    public void Run()
    {
        var chosen = TomlFile.Read(paths.Group, LifecycleToml.Default.GroupToml, ExitCodes.Restore);
        var group = chosen.Group.Select(b => b.Id).Concat(chosen.Candidates).Distinct().ToList();
        var previous = PreviousImage.Load(paths.Layers);
        if (previous.ExecEnv is { } other && other != purpose.Name)
            previous = new();
        DropStrangers([.. group.Select(BuildpackCatalog.Escape)]);
        var before = UnfinishedBuild.Load(paths);
        var restored = withLayers ? group.SelectMany(b => Decide(b, previous, before)).ToList() : [];
        // Noted before anything is changed: should this build not end, what is whole now is so still.
        before.Clear();
        foreach (var (layer, was, _) in restored)
            before.Add(layer, was);
        before.Write();
        foreach (var buildpack in group)
        {
            var folder = Path.Combine(paths.Layers, BuildpackCatalog.Escape(buildpack));
            Apply(folder, restored);
            if (previous.Store(buildpack) is { } store)
                TomlFile.Write(Path.Combine(folder, "store.toml"), new TomlTable { ["metadata"] = store });
        }
    }

    private void DropStrangers(HashSet<string> group)
    {
        foreach (var folder in Directory.GetDirectories(paths.Layers))
        {
            if (Path.GetFileName(folder) is var name && !group.Contains(name) && !NoBuildpacks.Contains(name))
                Directory.Delete(folder, recursive: true);
        }
    }

    private IEnumerable<Restored> Decide(string buildpack, PreviousImage previous, UnfinishedBuild before)
    {
        var folder = Path.Combine(paths.Layers, BuildpackCatalog.Escape(buildpack));
        var here = LayerFolder.Find(folder);
        foreach (var layer in here)
        {
            // A build that did not end may have left a layer and its file in disagreement.
            var was = before.Exists ? before.Find(layer) : layer.Read(ExitCodes.Restore);
            if (was is not null && RestoredLayer.Decide(was, previous.Find(buildpack, layer.Name)) is { } content)
                yield return new(layer, was, content);
        }
        // The kept layers are gone, and the image still tells of those that are in it alone.
        foreach (var name in previous.LayersOf(buildpack).Where(name => here.All(l => l.Name != name)))
        {
            if (RestoredLayer.Decide(previous.Find(buildpack, name)!) is { } content)
                yield return new(
                    new(Path.Combine(folder, name)),
                    new()
                    {
                        Types = new() { Launch = true },
                        Metadata = content.Metadata,
                    },
                    content
                );
        }
    }

    private void Apply(string folder, List<Restored> restored)
    {
        var kept = new HashSet<string>(StringComparer.Ordinal) { "store.toml" };
        foreach (var (layer, _, content) in restored.Where(r => Path.GetDirectoryName(r.Layer.Path) == folder))
        {
            layer.WriteMetadata(content.Metadata);
            sbom.Restore(Path.GetFileName(folder), layer);
            kept.Add(layer.Name + ".toml");
            kept.UnionWith(SbomFiles.NamesFor(layer.Name));
            if (content.WithContents)
                kept.Add(layer.Name);
        }
        DropAllBut(folder, kept);
    }

    private static void DropAllBut(string folder, HashSet<string> kept)
    {
        if (!Directory.Exists(folder))
            return;
        foreach (var directory in Directory.GetDirectories(folder).Where(d => !kept.Contains(Path.GetFileName(d))))
            Directory.Delete(directory, recursive: true);
        foreach (var file in Directory.GetFiles(folder).Where(f => !kept.Contains(Path.GetFileName(f))))
            File.Delete(file);
    }

    /// <summary>A layer that is there again.</summary>
    /// <param name="Was">Its file as the build before left it.</param>
    private sealed record Restored(LayerFolder Layer, LayerToml Was, RestoredLayer Content);
}
