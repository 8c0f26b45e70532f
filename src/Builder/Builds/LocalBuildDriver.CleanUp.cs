using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Drivers.Abstractions;

namespace NeetoDeploy.Builder.Builds;

public sealed partial class LocalBuildDriver
{
    public async Task CleanUpAsync(BuildId build, CancellationToken cancel)
    {
        // The attempt may live on in this very process, when only whoever awaited it was lost.
        await running.StopAsync(build, cancel);
        await sandboxes.RemoveAsync(build.ToString(), cancel);
        foreach (var app in AppsWith(build))
        {
            using var turn = await locks.EnterAsync(app, cancel);
            // Meanwhile another build may have had its turn.
            if (IsOf(build, FolderOf(app)))
                EndAttempt(FolderOf(app));
        }
    }

    public async Task PurgeCacheAsync(AppId app, CancellationToken cancel)
    {
        using var turn = await locks.EnterAsync(app, cancel);
        var folder = FolderOf(app);
        await RemoveDeadAttemptAsync(folder, cancel);
        if (Directory.Exists(folder.Root))
            Directory.Delete(folder.Root, recursive: true);
        await dockerfiles.PurgeCacheAsync(app, cancel);
    }

    public async Task TrimCachesAsync(CancellationToken cancel)
    {
        try
        {
            await caches.TrimAsync(cancel);
            await lists.RemoveDeadAsync(cancel);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DriverException(DriverErrorKind.Bug, "builder.broken", $"The builder could not use its files: {e.Message}", e);
        }
    }

    private AppFolder FolderOf(AppId app) => new(Path.Combine(Path.GetFullPath(options.BuildsDirectory), app.ToString()));

    private IEnumerable<AppId> AppsWith(BuildId build)
    {
        if (!Directory.Exists(options.BuildsDirectory))
            yield break;
        foreach (var path in Directory.GetDirectories(options.BuildsDirectory))
        {
            if (AppId.TryParse(Path.GetFileName(path), null, out var app) && IsOf(build, FolderOf(app)))
                yield return app;
        }
    }

    private static bool IsOf(BuildId build, AppFolder folder) => AttemptIn(folder).StartsWith($"{build}.", StringComparison.Ordinal);

    private static string AttemptIn(AppFolder folder) => File.Exists(folder.Attempt) ? File.ReadAllText(folder.Attempt) : "";

    /// <summary>A process that was killed left its note: the sandbox may still run, and write.</summary>
    private async Task RemoveDeadAttemptAsync(AppFolder folder, CancellationToken cancel)
    {
        if (AttemptIn(folder) is not { Length: > 0 } attempt)
            return;
        await sandboxes.RemoveAsync(attempt, cancel);
        EndAttempt(folder);
    }

    private static void EndAttempt(AppFolder folder)
    {
        folder.RemoveScratch();
        if (File.Exists(folder.Attempt))
            File.Delete(folder.Attempt);
    }
}
