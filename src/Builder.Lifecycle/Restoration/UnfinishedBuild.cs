using NeetoDeploy.Builder.Lifecycle.Building;
using NeetoDeploy.Builder.Lifecycle.Documents;
using NeetoDeploy.Builder.Lifecycle.Platform;
using Tomlyn.Model;

namespace NeetoDeploy.Builder.Lifecycle.Restoration;

/// <summary>
/// The note of a build under way: which layers are whole. It is written before the first buildpack runs, again after each one that succeeds, and removed
/// after the last. Where it is found, a build did not end: of what it lists, whatever has not changed since it was written is whole still.
/// </summary>
internal sealed class UnfinishedBuild
{
    private readonly string layers;
    private readonly string note;
    private readonly SortedDictionary<string, LayerToml> whole = new(StringComparer.Ordinal);
    private readonly long writtenAt;

    private UnfinishedBuild(LifecyclePaths paths)
    {
        (layers, note) = (paths.Layers, paths.UnfinishedMark);
        if (!File.Exists(note))
            return;
        writtenAt = ChangeTime.Of(note);
        foreach (var layer in Read(note).Layers)
            whole[layer.Path] = new() { Types = layer.Types, Metadata = layer.Metadata };
    }

    /// <summary>The note that a build left; an empty one when the last build ended.</summary>
    public static UnfinishedBuild Load(LifecyclePaths paths) => new(paths);

    /// <summary>Whether the build before was cut off.</summary>
    public bool Exists => writtenAt > 0;

    /// <summary>A layer's file as it was when the layer was whole; null when it was not, or may have changed since.</summary>
    public LayerToml? Find(LayerFolder layer)
    {
        if (!whole.TryGetValue(Key(layer), out var toml))
            return null;
        // Of other layers no contents are restored.
        var needsContents = toml.Types is { Cache: true };
        return !needsContents || (Directory.Exists(layer.Path) && ChangeTime.IsOlder(layer.Path, writtenAt)) ? toml : null;
    }

    public void Clear() => whole.Clear();

    /// <summary>Forgets what was known of a buildpack's layers.</summary>
    public void Forget(string buildpackLayers)
    {
        var prefix = Path.GetFileName(buildpackLayers) + "/";
        foreach (var key in whole.Keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal)).ToList())
            whole.Remove(key);
    }

    public void Add(LayerFolder layer, LayerToml toml) => whole[Key(layer)] = toml;

    /// <summary>Writes the note whole or not at all.</summary>
    public void Write()
    {
        var list = new TomlTableArray();
        foreach (var (path, toml) in whole)
            list.Add(Table(path, toml));
        TomlFile.Write(note + ".new", new TomlTable { ["layers"] = list });
        File.Move(note + ".new", note, overwrite: true);
    }

    public void Remove() => File.Delete(note);

    private string Key(LayerFolder layer) => Path.GetRelativePath(layers, layer.Path);

    private static TomlTable Table(string path, LayerToml toml)
    {
        var types = toml.Types ?? new();
        var table = new TomlTable
        {
            ["path"] = path,
            ["types"] = new TomlTable
            {
                ["launch"] = types.Launch,
                ["build"] = types.Build,
                ["cache"] = types.Cache,
            },
        };
        if (toml.Metadata is not null)
            table["metadata"] = toml.Metadata;
        return table;
    }

    private static UnfinishedToml Read(string note)
    {
        try
        {
            return TomlFile.Read(note, LifecycleToml.Default.UnfinishedToml, ExitCodes.Restore);
        }
        catch (LifecycleException)
        {
            return new(); // nothing is known to be whole: every layer is made anew
        }
    }
}

internal sealed class UnfinishedToml
{
    public List<WholeLayerToml> Layers { get; set; } = [];
}

/// <summary>A layer of an unfinished build that was whole.</summary>
internal sealed class WholeLayerToml
{
    /// <summary>From the layers folder.</summary>
    public string Path { get; set; } = "";

    public LayerTypesToml? Types { get; set; }

    public object? Metadata { get; set; }
}
