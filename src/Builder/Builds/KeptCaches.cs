using System.Collections.Concurrent;
using NeetoDeploy.Builder.Posix;
using NeetoDeploy.Core.Apps;

namespace NeetoDeploy.Builder.Builds;

/// <summary>
/// What apps' folders keep for their next builds: each app's own, so that no app's build finds what another's has left. The least recently
/// built go first: those that are old, then as many as are needed to be small enough and to leave the disk its free space.
/// </summary>
internal sealed class KeptCaches(BuilderOptions options, AppLocks locks, TimeProvider time)
{
    // An app's folder does not change between its builds: each is measured once.
    private readonly ConcurrentDictionary<AppId, (DateTimeOffset Used, long Size)> measured = [];

    public async Task TrimAsync(CancellationToken cancel)
    {
        var kept = Newest()
            .Select(cache => (cache.App, cache.Folder, cache.Used, Size: SizeOf(cache.App, cache.Folder, cache.Used, cancel)))
            .ToList();
        foreach (var destroyed in measured.Keys.Except(kept.Select(cache => cache.App)))
            measured.TryRemove(destroyed, out _);
        var total = kept.Sum(cache => cache.Size);
        for (var i = kept.Count - 1; i >= 0; i--)
        {
            var (app, folder, used, size) = kept[i];
            if (time.GetUtcNow() - used < options.KeptCacheAge && total <= options.KeptCacheBytes && IsFreeEnough())
                return;
            if (!await TryGiveBackAsync(app, folder, cancel))
                continue;
            measured[app] = (used, 0);
            total -= size;
        }
    }

    private List<(AppId App, AppFolder Folder, DateTimeOffset Used)> Newest() =>
        !Directory.Exists(options.BuildsDirectory)
            ? []
            :
            [
                .. Directory
                    .GetDirectories(options.BuildsDirectory)
                    .Select(path => (Path: path, IsApp: AppId.TryParse(Path.GetFileName(path), null, out var app), App: app))
                    .Where(found => found.IsApp)
                    .Select(found => (found.App, Folder: new AppFolder(found.Path)))
                    // Each attempt makes and removes a note there.
                    .Select(found => (found.App, found.Folder, Used: (DateTimeOffset)Directory.GetLastWriteTimeUtc(found.Folder.State)))
                    .OrderByDescending(found => found.Used),
            ];

    /// <summary>A folder that a build is in stays as it is.</summary>
    private async Task<bool> TryGiveBackAsync(AppId app, AppFolder folder, CancellationToken cancel)
    {
        using var turn = await locks.TryEnterAsync(app, cancel);
        if (turn is null || File.Exists(folder.Attempt))
            return false;
        folder.GiveBack();
        return true;
    }

    private long SizeOf(AppId app, AppFolder folder, DateTimeOffset used, CancellationToken cancel)
    {
        if (!measured.TryGetValue(app, out var known) || known.Used != used)
            measured[app] = known = (used, FolderSize.Of(folder.WrittenBySandbox, long.MaxValue, long.MaxValue, cancel).Bytes);
        return known.Size;
    }

    private bool IsFreeEnough() => new DriveInfo(options.BuildsDirectory).AvailableFreeSpace >= options.FloorFreeBytes;
}
