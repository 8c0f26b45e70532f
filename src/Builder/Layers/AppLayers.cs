using NeetoDeploy.Builder.Posix;
using NeetoDeploy.Builder.Sources;

namespace NeetoDeploy.Builder.Layers;

/// <summary>
/// Cuts the app's folder into layers: the buildpacks' slices, then what classic buildpacks and package managers put there, then the rest, which changes
/// most often.
/// </summary>
internal static class AppLayers
{
    /// <summary>Where classic buildpacks have a folder each for the runtime that they bring.</summary>
    private const string Runtimes = ".heroku";

    private static readonly string[] Dependencies = [".apt", "node_modules", "vendor", ".venv"];

    public static IReadOnlyList<ImageLayer> Cut(string folder, IReadOnlyList<IReadOnlyList<string>> slices, SourceIndex source, int user)
    {
        var entries = FolderWalk.Of(folder).Where(e => e.Status.Kind is not FileKind.Special).ToList();
        var layers = new List<ImageLayer>();
        for (var i = 0; i < slices.Count; i++)
        {
            var pattern = PathPattern.Of(slices[i].Select(Relative).OfType<string>());
            Take($"app:slice{i + 1}", e => pattern.IsMatch(e.Relative));
        }
        var runtimes = entries.Where(e => e.Status.Kind is FileKind.Directory && Path.GetDirectoryName(e.Relative) == Runtimes);
        foreach (var name in runtimes.Select(e => e.Relative).Concat(Dependencies).ToList())
            Take($"app:{name}", e => e.Relative.StartsWith(name + "/", StringComparison.Ordinal));
        layers.Add(Layer("app", entries, folder, source, user));
        return layers;

        void Take(string name, Func<FolderEntry, bool> belongs)
        {
            var taken = entries.Where(belongs).ToList();
            if (taken.Count == 0)
                return;
            entries.RemoveAll(e => belongs(e));
            layers.Add(Layer(name, taken, folder, source, user));
        }
    }

    private static ImageLayer Layer(string name, IReadOnlyList<FolderEntry> entries, string folder, SourceIndex source, int user)
    {
        var made = new List<LayerEntry> { LayerEntry.Folder("app", user) };
        var folders = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            // A slice may begin below folders that are not its own.
            for (var end = entry.Relative.IndexOf('/'); end >= 0; end = entry.Relative.IndexOf('/', end + 1))
            {
                var parent = entry.Relative[..end];
                if (folders.Add(parent))
                    made.Add(
                        LayerEntry.Folder($"app/{parent}", user, FileStatus.Of(Path.Combine(folder, parent))!.Value.Mode & 0b111_111_111)
                    );
            }
            if (entry.Status.Kind is not FileKind.Directory || folders.Add(entry.Relative))
                made.Add(LayerEntries.From(entry, $"app/{entry.Relative}", user, source.ContentOf(entry.Relative, entry.Status)));
        }
        return new(name, made);
    }

    /// <summary>A pattern as a path from the app's folder; null when it cannot name anything there.</summary>
    private static string? Relative(string pattern)
    {
        if (pattern.StartsWith('/') && !pattern.StartsWith("/app/", StringComparison.Ordinal))
            return null;
        var steps = (pattern.StartsWith('/') ? pattern["/app/".Length..] : pattern).Split('/').Where(s => s is not ("" or ".")).ToList();
        return steps.Count == 0 || steps.Contains("..") ? null : string.Join('/', steps);
    }
}
