using NeetoDeploy.Builder.Posix;

namespace NeetoDeploy.Builder.Sources;

/// <summary>Makes a source's symbolic links.</summary>
internal static class SourceLinks
{
    private const string AppDirectory = "/app";
    private const string LayersDirectory = "/layers/";
    private const int MostHops = 40;

    /// <summary>Makes those of an app, all of which must stay inside.</summary>
    /// <param name="hasLayers">They may lead to the layers beside the app, too.</param>
    public static void Make(string root, IReadOnlyDictionary<string, string> links, bool hasLayers = false)
    {
        MakeAnywhere(root, links);
        // Only now, since a link may lead on through others.
        foreach (var (path, target) in links)
        {
            if (!StaysInside(root, path, hasLayers))
                throw new SourceException(
                    $"the source's link {SourcePath.Show(path)} points outside of the app: {SourcePath.Show(target)}"
                );
        }
    }

    /// <summary>Makes links in a folder that buildpacks write to, where none is ever followed.</summary>
    public static void MakeAnywhere(string root, IReadOnlyDictionary<string, string> links)
    {
        foreach (var path in links.Keys)
            RequireRealFolders(path, links);
        foreach (var (path, target) in links)
        {
            var place = Path.Combine(root, path);
            if (FileStatus.Of(place) is not null)
                throw new SourceException($"the source holds {SourcePath.Show(path)} twice, once as a link");
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
            File.CreateSymbolicLink(place, target);
        }
    }

    /// <summary>A link that is made in a folder which is a link would be made wherever that one leads.</summary>
    private static void RequireRealFolders(string path, IReadOnlyDictionary<string, string> links)
    {
        for (var end = path.IndexOf('/'); end >= 0; end = path.IndexOf('/', end + 1))
        {
            if (links.ContainsKey(path[..end]))
                throw new SourceException(
                    $"the source holds {SourcePath.Show(path)} in the folder {SourcePath.Show(path[..end])}, which is a link"
                );
        }
    }

    /// <summary>Follows a link step by step as the kernel would. One that leads to nothing, or round in circles, does no harm.</summary>
    private static bool StaysInside(string root, string link, bool hasLayers)
    {
        var left = new Stack<string>(link.Split('/').Reverse());
        var at = new List<string>();
        for (var hops = 0; left.TryPop(out var step); )
        {
            if (step is "" or ".")
                continue;
            if (step == "..")
            {
                if (at.Count == 0)
                    return false;
                at.RemoveAt(at.Count - 1);
                continue;
            }
            at.Add(step);
            if (new FileInfo(Path.Combine(root, string.Join('/', at))).LinkTarget is not { } target)
                continue;
            if (++hops > MostHops)
                return true;
            at.RemoveAt(at.Count - 1);
            if (hasLayers && target.StartsWith(LayersDirectory, StringComparison.Ordinal))
                return !target.Split('/').Concat(left).Contains("..");
            if (target.StartsWith('/') && !EnterApp(ref target, at))
                return false;
            foreach (var next in target.Split('/').Reverse())
                left.Push(next);
        }
        return true;
    }

    /// <summary>An absolute target may name the place where the app will be.</summary>
    private static bool EnterApp(ref string target, List<string> at)
    {
        if (target != AppDirectory && !target.StartsWith(AppDirectory + "/", StringComparison.Ordinal))
            return false;
        target = target[AppDirectory.Length..];
        at.Clear();
        return true;
    }
}
