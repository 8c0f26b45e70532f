using System.Globalization;
using NeetoDeploy.Builder.Posix;
using NeetoDeploy.Core.Builds;

namespace NeetoDeploy.Builder.Builds;

/// <summary>Ends what runs in a sandbox when it takes more than a build may.</summary>
internal sealed class SandboxGuard(BuilderOptions options, TimeProvider time)
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);

    /// <summary>Its cache has been given back by then.</summary>
    private const string Remedy = "Leave out what it does not need (.slugignore)";

    /// <summary>Looking costs time as well: at most a twentieth of it.</summary>
    private const int PauseOverLook = 20;

    /// <param name="other">Completes with the reason when the run has to end for another cause.</param>
    /// <exception cref="BuildFailedException">It took more; what it wrote is gone.</exception>
    public async Task<int> RunAsync(AppFolder folder, Task<string> other, Func<CancellationToken, Task<int>> run, CancellationToken cancel)
    {
        using var excess = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var running = run(excess.Token);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var watching = Task.Run(() => WatchAsync(folder, over.Token), CancellationToken.None);
        var first = await Task.WhenAny(running, watching, other);
        await over.CancelAsync();
        var reason = first == other ? await other : await watching;
        if (first == running || reason is null)
            return await running;
        await excess.CancelAsync();
        await ((Task)running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        folder.GiveBack();
        throw new BuildFailedException(BuildPhase.Build, 0, reason);
    }

    /// <summary>Answers what is wrong as soon as something is; null when cancelled.</summary>
    private async Task<string?> WatchAsync(AppFolder folder, CancellationToken cancel)
    {
        try
        {
            for (var pause = ShortestPause; ; )
            {
                await Task.Delay(pause, time, cancel);
                var start = time.GetTimestamp();
                if (Excess(folder, cancel) is { } reason)
                    return reason;
                var look = time.GetElapsedTime(start) * PauseOverLook;
                pause = look > ShortestPause ? look : ShortestPause;
            }
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private string? Excess(AppFolder folder, CancellationToken cancel)
    {
        FolderSize size;
        try
        {
            size = FolderSize.Of(folder.WrittenBySandbox, options.LargestBuildBytes, options.MostBuildFiles, cancel);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It changes while it is looked at; the next look is soon.
            return null;
        }
        if (size.Bytes > options.LargestBuildBytes)
            return string.Create(
                CultureInfo.InvariantCulture,
                $"the build wrote more than {options.LargestBuildBytes / (1024.0 * 1024):0} MB; sources, layers, cache and temporary files count. {Remedy}"
            );
        return size.Entries > options.MostBuildFiles
            ? string.Create(CultureInfo.InvariantCulture, $"the build made more than {options.MostBuildFiles} files. {Remedy}")
            : null;
    }
}
