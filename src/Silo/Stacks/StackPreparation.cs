using System.Collections.Concurrent;
using NeetoDeploy.Drivers.Abstractions.Builds;
using NeetoDeploy.Drivers.Abstractions.Images;

namespace NeetoDeploy.Silo.Stacks;

/// <summary>
/// Makes the stacks' images in the background from the start on, and again after a failure. Builds wait until theirs is ready. Each of the operator's stacks goes
/// its own way, so that none holds up another.
/// </summary>
internal sealed class StackPreparation(IStacks stacks, StackFile file, IImageStore images, TimeProvider time, ILogger<StackPreparation> log)
    : BackgroundService
{
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, StackProgress> progress = new(
        stacks.Names.Select(name =>
            KeyValuePair.Create(name, new StackProgress(name, false, null, null, 0, file.Stacks.Any(stack => stack.Name == name)))
        )
    );

    public StackReport Report => new([.. stacks.Names.Select(name => progress[name])], file.Problem);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The rest of the start must not wait for a driver's first synchronous steps.
        await Task.Yield();
        if (file.Problem is { } problem)
            log.LogError("{Problem}", problem);
        var configured = progress.Values.Where(stack => stack.IsConfigured).Select(stack => PrepareAsync(stack.Name, stoppingToken));
        await Task.WhenAll([PrepareBundledAsync(stoppingToken), .. configured]);
    }

    private async Task PrepareBundledAsync(CancellationToken stop)
    {
        foreach (var name in stacks.Names.Where(name => !progress[name].IsConfigured))
            await PrepareAsync(name, stop);
    }

    private async Task PrepareAsync(string name, CancellationToken stop)
    {
        while (!await TryPrepareAsync(name, stop))
            await Task.Delay(PauseAfter(progress[name]), time, stop);
    }

    /// <summary>Nobody is served by asking others' registries ever so often.</summary>
    private static TimeSpan PauseAfter(StackProgress failed)
    {
        var grown = PauseAfterFailure * (1 << Math.Min(failed.Failures, 5));
        return !failed.IsConfigured ? PauseAfterFailure
            : grown < LongestPause ? grown
            : LongestPause;
    }

    private async Task<bool> TryPrepareAsync(string name, CancellationToken stop)
    {
        var started = time.GetTimestamp();
        try
        {
            // The engine pushes the run image.
            using var push = await images.BeginPushAsync(stop);
            await stacks.PrepareAsync(name, new Steps(step => Show(name, step)), stop);
            progress[name] = progress[name] with { IsReady = true, Step = null, Error = null, Failures = 0 };
            log.LogInformation("Stack {Stack} is ready after {Seconds:0.0} s", name, time.GetElapsedTime(started).TotalSeconds);
            return true;
        }
        catch (Exception cause) when (!stop.IsCancellationRequested)
        {
            var failed = progress[name] with { Step = null, Error = cause.Message, Failures = progress[name].Failures + 1 };
            progress[name] = failed;
            log.LogError(cause, "Stack {Stack} could not be prepared; trying again in {Pause}", name, PauseAfter(failed));
            return false;
        }
    }

    private void Show(string name, string step)
    {
        progress[name] = progress[name] with { Step = step };
        log.LogInformation("Stack {Stack}: {Step}", name, step);
    }

    /// <summary>Unlike <see cref="Progress{T}"/> it keeps the steps in order.</summary>
    private sealed class Steps(Action<string> show) : IProgress<string>
    {
        public void Report(string value) => show(value);
    }
}
