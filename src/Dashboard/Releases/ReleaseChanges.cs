using System.Collections.Immutable;
using NeetoDeploy.Grains.Interfaces.Releases;

namespace NeetoDeploy.Dashboard.Releases;

/// <summary>What differs between two releases, in words. Values of config vars are never told.</summary>
public static class ReleaseChanges
{
    public static IReadOnlyList<string> Between(
        ReleaseView? from,
        ImmutableSortedDictionary<string, string> fromVars,
        ReleaseView to,
        ImmutableSortedDictionary<string, string> toVars
    )
    {
        List<string> changes = [];
        if (from?.Slug?.Image != to.Slug?.Image)
            changes.Add($"Code: {Name(from?.Slug)} becomes {Name(to.Slug)}");
        changes.AddRange(Keys("Config var", fromVars, toVars));
        changes.AddRange(Keys("Process type", Types(from), Types(to)));
        return changes.Count > 0 ? changes : ["Nothing differs from the current release."];
    }

    private static IEnumerable<string> Keys(
        string what,
        ImmutableSortedDictionary<string, string> from,
        ImmutableSortedDictionary<string, string> to
    ) =>
        from
            .Keys.Union(to.Keys)
            .Order(StringComparer.Ordinal)
            .Where(key => from.GetValueOrDefault(key) != to.GetValueOrDefault(key))
            .Select(key =>
                !from.ContainsKey(key) ? $"{what} {key} comes back"
                : !to.ContainsKey(key) ? $"{what} {key} goes"
                : $"{what} {key} changes"
            );

    private static ImmutableSortedDictionary<string, string> Types(ReleaseView? release) =>
        release?.Slug?.ProcessTypes ?? ImmutableSortedDictionary<string, string>.Empty;

    private static string Name(SlugView? slug) =>
        slug is null ? "nothing"
        : slug.Commit is { Length: > 12 } commit ? commit[..7]
        : slug.Commit ?? slug.Image.Digest.Hex[..7];
}
