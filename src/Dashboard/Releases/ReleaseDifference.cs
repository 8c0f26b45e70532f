using System.Collections.Immutable;
using NeetoDeploy.Grains.Interfaces.Releases;

namespace NeetoDeploy.Dashboard.Releases;

/// <summary>What became of something from one release to another.</summary>
public enum Difference
{
    Added,
    Removed,
    Changed,
}

/// <summary>One thing that two releases do not have alike.</summary>
/// <param name="What">Such as <c>Config var</c>.</param>
/// <param name="Name">Such as <c>GREETING</c>; empty when there is only one of it.</param>
/// <param name="Before">Null when it was not there, and for config vars always: their values are never told.</param>
public sealed record ReleaseDifference(string What, string Name, Difference Kind, string? Before, string? After)
{
    public const string Code = "Code";
    public const string Image = "Image";
    public const string Stack = "Stack";
    public const string ConfigVar = "Config var";
    public const string ProcessType = "Process type";

    private const int ShortDigest = 12;

    /// <param name="fromVars">Null, as <paramref name="toVars"/>, when the reader may not know config vars.</param>
    public static IReadOnlyList<ReleaseDifference> Between(
        ReleaseView? from,
        ImmutableSortedDictionary<string, string>? fromVars,
        ReleaseView to,
        ImmutableSortedDictionary<string, string>? toVars
    )
    {
        List<ReleaseDifference> all = [];
        if (from?.Slug?.Image != to.Slug?.Image)
        {
            all.Add(new(Code, "", Difference.Changed, NameOf(from?.Slug), NameOf(to.Slug)));
            all.Add(new(Image, "", Difference.Changed, ImageOf(from?.Slug), ImageOf(to.Slug)));
        }
        if (from?.Slug is { } old && to.Slug is { } now && old.Stack != now.Stack)
            all.Add(new(Stack, "", Difference.Changed, old.Stack, now.Stack));
        if (fromVars is not null && toVars is not null)
            all.AddRange(Keys(ConfigVar, fromVars, toVars).Select(one => one with { Before = null, After = null }));
        all.AddRange(Keys(ProcessType, TypesOf(from), TypesOf(to)));
        return all;
    }

    private static IEnumerable<ReleaseDifference> Keys(
        string what,
        ImmutableSortedDictionary<string, string> from,
        ImmutableSortedDictionary<string, string> to
    ) =>
        from
            .Keys.Union(to.Keys)
            .Order(StringComparer.Ordinal)
            .Where(key => from.GetValueOrDefault(key) != to.GetValueOrDefault(key))
            .Select(key => new ReleaseDifference(
                what,
                key,
                !from.ContainsKey(key) ? Difference.Added
                    : !to.ContainsKey(key) ? Difference.Removed
                    : Difference.Changed,
                from.GetValueOrDefault(key),
                to.GetValueOrDefault(key)
            ));

    private static ImmutableSortedDictionary<string, string> TypesOf(ReleaseView? release) =>
        release?.Slug?.ProcessTypes ?? ImmutableSortedDictionary<string, string>.Empty;

    private static string NameOf(SlugView? slug) =>
        slug is null ? "nothing"
        : slug.Commit is { Length: > 12 } commit ? commit[..7]
        : slug.Commit ?? slug.Image.Digest.Hex[..7];

    private static string? ImageOf(SlugView? slug) => slug?.Image.Digest.Hex[..ShortDigest];
}
