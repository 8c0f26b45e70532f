using NeetoDeploy.Builder.Lifecycle.Buildpacks;

namespace NeetoDeploy.Builder.Lifecycle.Detection;

/// <summary>
/// Which buildpacks of a list are asked together. Heroku asks a classic buildpack when those before it have compiled, and apps rely on it: a buildpack
/// that moves a folder of a monorepo to the top, or copies a Procfile there, comes first, and the next one detects what it left. So each classic buildpack
/// has a turn of its own, and Cloud Native ones between two of them share a turn, with a build plan of their own.
/// </summary>
internal static class Turns
{
    public static IEnumerable<IReadOnlyList<OrderBuildpack>> Of(IEnumerable<OrderBuildpack> list, BuildpackCatalog catalog)
    {
        var turn = new List<OrderBuildpack>();
        foreach (var entry in list)
        {
            var isClassic = catalog.Find(entry.Id, entry.Version).IsClassic;
            if (isClassic && turn.Count > 0)
            {
                yield return turn;
                turn = [];
            }
            turn.Add(entry);
            if (!isClassic)
                continue;
            yield return turn;
            turn = [];
        }
        if (turn.Count > 0)
            yield return turn;
    }

    /// <summary>The ids of all buildpacks that a list may come down to.</summary>
    public static IEnumerable<string> Candidates(IEnumerable<OrderBuildpack> list, BuildpackCatalog catalog)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var left = new Queue<OrderBuildpack>(list);
        while (left.TryDequeue(out var entry))
        {
            if (!seen.Add(entry.Id))
                continue;
            foreach (var inner in catalog.Find(entry.Id, entry.Version).Descriptor.Order.SelectMany(order => order.Group))
                left.Enqueue(inner);
        }
        return seen;
    }
}
