using NeetoDeploy.Core.Images;
using NeetoDeploy.Core.Releases;

namespace NeetoDeploy.Grains.Releases;

/// <summary>What is kept of old releases: first what is large goes, and long after it they themselves. Pure.</summary>
public static class ReleaseRetention
{
    /// <summary>The output of a release phase is kept for so many releases.</summary>
    public const int OutputsKept = 100;

    /// <summary>Lets go what an installation does not keep.</summary>
    public static ReleasesState Retire(this ReleasesState s, ReleasesOptions kept) => s.Retire(kept.ImagesKept).Forget(kept.ReleasesKept);

    /// <summary>Decides which images shall go: at once nobody can roll back to them, and then they are removed.</summary>
    /// <param name="imagesKept">See <see cref="ReleasesOptions.ImagesKept"/>.</param>
    public static ReleasesState Retire(this ReleasesState s, int imagesKept)
    {
        var newestFirst = s.Releases.Where(r => r.Slug is not null).Reverse().ToList();
        var kept = Newest(newestFirst, imagesKept)
            .Concat(Newest(newestFirst.Where(r => r.Status == ReleaseStatus.Succeeded), imagesKept))
            .Concat(s.Unreleased().Reverse().Take(imagesKept))
            .ToHashSet();
        var leaving = s.Slugs.Select(slug => slug.Id).Where(id => !kept.Contains(id) && !s.IsRetired(id)).ToList();
        return leaving.Count == 0 ? s : s with { LeavingSlugs = s.LeavingSlugs.AddRange(leaving) };
    }

    /// <summary>
    /// Drops the oldest releases, with the config vars and slugs that only they had, so that what is stored does not grow without end. What runs stays, and so
    /// does everything newer; slugs that go with a release give their images up first.
    /// </summary>
    /// <param name="releasesKept">See <see cref="ReleasesOptions.ReleasesKept"/>.</param>
    public static ReleasesState Forget(this ReleasesState s, int releasesKept)
    {
        var current = s.Current();
        var old = s.Releases.SkipLast(releasesKept).TakeWhile(r => r is { IsPhaseOver: true, Output: null } && r != current).Count();
        var releases = s.Releases.RemoveRange(0, old);
        var slugs = Slugs(releases);
        var leaving = Slugs(s.Releases.Take(old)).Where(id => !slugs.Contains(id) && !s.IsRetired(id));
        // Not the newest of them: a build may be about to release the very same image.
        var gone = s.GoneSlugs.SkipLast(releasesKept).Where(id => !slugs.Contains(id)).ToHashSet();
        if (old == 0 && gone.Count == 0)
            return s;
        var configs = releases.Select(r => r.Config).ToHashSet();
        return s with
        {
            Releases = releases,
            Configs = s.Configs.RemoveRange(s.Configs.Keys.Where(number => !configs.Contains(number))),
            Slugs = s.Slugs.RemoveAll(slug => gone.Contains(slug.Id)),
            LeavingSlugs = s.LeavingSlugs.AddRange(leaving),
            GoneSlugs = s.GoneSlugs.RemoveAll(gone.Contains),
        };
    }

    /// <summary>Whether a slug's image is gone, or about to go.</summary>
    public static bool IsRetired(this ReleasesState s, Guid slug) => s.LeavingSlugs.Contains(slug) || s.GoneSlugs.Contains(slug);

    /// <summary>The images of these slugs that no kept slug has too.</summary>
    public static IReadOnlyList<ImageRef> Unneeded(this ReleasesState s, IEnumerable<Guid> slugs)
    {
        var needed = s.Slugs.Where(slug => !s.IsRetired(slug.Id)).SelectMany(slug => slug.AllImages()).ToHashSet();
        var wanted = slugs.ToHashSet();
        return
        [
            .. s
                .Slugs.Where(slug => wanted.Contains(slug.Id))
                .SelectMany(slug => slug.AllImages())
                .Distinct()
                .Where(image => !needed.Contains(image)),
        ];
    }

    /// <summary>Keeps again every slug that has one of these images; the same state when none of them was retired.</summary>
    public static ReleasesState Reprieve(this ReleasesState s, IEnumerable<ImageRef> images)
    {
        var wanted = images.ToHashSet();
        var same = s.Slugs.Where(slug => s.IsRetired(slug.Id) && slug.AllImages().Any(wanted.Contains)).Select(slug => slug.Id).ToList();
        return same.Count == 0 ? s : s with { LeavingSlugs = s.LeavingSlugs.RemoveRange(same), GoneSlugs = s.GoneSlugs.RemoveRange(same) };
    }

    /// <summary>Releases whose release phase is so long ago that its output goes.</summary>
    public static IEnumerable<StoredRelease> WithOldOutput(this ReleasesState s) =>
        s.Releases.SkipLast(OutputsKept).Where(r => r is { Output: not null, IsPhaseOver: true });

    /// <summary>Notes that a release's output has been removed.</summary>
    public static ReleasesState DropOutput(this ReleasesState s, ReleaseVersion version)
    {
        var index = s.IndexOf(version);
        return s with { Releases = s.Releases.SetItem(index, s.Releases[index] with { Output = null }) };
    }

    /// <summary>Slugs that were uploaded and wait for a release, oldest first.</summary>
    private static IEnumerable<Guid> Unreleased(this ReleasesState s)
    {
        var released = Slugs(s.Releases);
        return s.Slugs.Select(slug => slug.Id).Where(id => !released.Contains(id) && !s.IsRetired(id));
    }

    private static HashSet<Guid> Slugs(IEnumerable<StoredRelease> releases) => [.. releases.Select(r => r.Slug).OfType<Guid>()];

    private static IEnumerable<Guid> Newest(IEnumerable<StoredRelease> newestFirst, int imagesKept) =>
        newestFirst.Select(r => r.Slug!.Value).Distinct().Take(imagesKept);
}
