using NeetoDeploy.Core.Formations;
using NeetoDeploy.Core.Releases;
using NeetoDeploy.Grains.Interfaces.Apps;

namespace NeetoDeploy.Grains.Releases;

/// <summary>What follows from the list of releases, and how it grows. Pure.</summary>
public static class ReleaseHistory
{
    /// <summary>What dynos run: the newest release that succeeded.</summary>
    public static StoredRelease? Current(this ReleasesState s) => s.Releases.LastOrDefault(r => r.Status == ReleaseStatus.Succeeded);

    /// <summary>What the next release begins from: the newest one that has not failed, so that a change made during a release phase loses nothing.</summary>
    public static StoredRelease? Basis(this ReleasesState s) =>
        s.Releases.LastOrDefault(r => r.Status is ReleaseStatus.Succeeded or ReleaseStatus.Pending);

    public static StoredSlug? SlugOf(this ReleasesState s, StoredRelease release) =>
        release.Slug is { } id ? s.Slugs.First(slug => slug.Id == id) : null;

    /// <summary>The command of a release's release phase; null when it has none.</summary>
    public static string? PhaseCommand(this ReleasesState s, StoredRelease release) =>
        s.SlugOf(release)?.ProcessTypes.GetValueOrDefault(ProcessType.Release.ToString());

    /// <summary>Adds a release with the next version. Releases that are still pending have been overtaken.</summary>
    public static ReleasesState Append(
        this ReleasesState s,
        Guid id,
        string description,
        AccountRef user,
        int config,
        Guid? slug,
        DateTimeOffset now
    )
    {
        var release = new StoredRelease(
            new ReleaseId(id),
            new ReleaseVersion(s.Releases.IsEmpty ? 1 : s.Releases[^1].Version.Number + 1),
            description,
            ReleaseStatus.Succeeded,
            user,
            config,
            slug,
            null,
            true,
            now,
            now
        );
        if (s.PhaseCommand(release) is not null)
            release = release with { Status = ReleaseTransitions.First(hasReleasePhase: true), Output = new(id), IsPhaseOver = false };
        var before = s.Releases.Select(r => Turn(r, ReleaseTrigger.Overtaken, now));
        return s with { Releases = [.. before, release] };
    }

    /// <summary>Lets something happen to one release.</summary>
    public static ReleasesState Turn(this ReleasesState s, ReleaseVersion version, ReleaseTrigger trigger, DateTimeOffset now)
    {
        var index = s.IndexOf(version);
        return s with { Releases = s.Releases.SetItem(index, Turn(s.Releases[index], trigger, now)) };
    }

    /// <summary>Notes that a release phase needs no more attention.</summary>
    public static ReleasesState EndPhase(this ReleasesState s, ReleaseVersion version)
    {
        var index = s.IndexOf(version);
        return s with { Releases = s.Releases.SetItem(index, s.Releases[index] with { IsPhaseOver = true }) };
    }

    /// <summary>Versions grow by one, and the oldest releases may have been forgotten.</summary>
    public static int IndexOf(this ReleasesState s, ReleaseVersion version) => version.Number - s.Releases[0].Version.Number;

    private static StoredRelease Turn(StoredRelease release, ReleaseTrigger trigger, DateTimeOffset now) =>
        ReleaseTransitions.Next(release.Status, trigger) is { } next ? release with { Status = next, UpdatedAt = now } : release;
}
