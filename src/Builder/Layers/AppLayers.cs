using System.Text;
using System.Text.RegularExpressions;
using NeetoDeploy.Builder.Posix;
using NeetoDeploy.Builder.Sources;

namespace NeetoDeploy.Builder.Layers;

/// <summary>
/// Cuts the app's folder into layers: the buildpacks' slices, then what package managers put there, then the rest, which changes most often.
/// </summary>
internal static class AppLayers
{
    private static readonly string[] Dependencies = ["node_modules", "vendor"];

    public static IReadOnlyList<ImageLayer> Cut(string folder, IReadOnlyList<IReadOnlyList<string>> slices, SourceIndex source, int user)
    {
        var entries = FolderWalk.Of(folder).Where(e => e.Status.Kind is not FileKind.Special).ToList();
        var layers = new List<ImageLayer>();
        for (var i = 0; i < slices.Count; i++)
        {
            var pattern = Pattern(slices[i]);
            Take($"app:slice{i + 1}", e => pattern.IsMatch(e.Relative));
        }
        foreach (var name in Dependencies)
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

    /// <summary>Go's <c>filepath.Match</c>; a matched folder brings along what it holds.</summary>
    private static Regex Pattern(IReadOnlyList<string> paths)
    {
        var alternatives = new StringBuilder();
        foreach (var path in paths)
        {
            if (alternatives.Length > 0)
                alternatives.Append('|');
            foreach (var c in path.Trim('/'))
                alternatives.Append(
                    c switch
                    {
                        '*' => "[^/]*",
                        '?' => "[^/]",
                        _ => Regex.Escape(c.ToString()),
                    }
                );
        }
        return new Regex(
            $@"\A({alternatives})(/|\z)",
            RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Singleline
        );
    }
}
