using System.Collections.Concurrent;
using NeetoDeploy.Drivers.Abstractions.Builds;
using NeetoDeploy.Drivers.Abstractions.Images;

namespace NeetoDeploy.Silo.Stacks;

/// <summary>Makes the stacks' images in the background from the start on, and again after a failure. Builds wait until theirs is ready.</summary>
internal sealed class StackPreparation(IStacks stacks, IImageStore images, TimeProvider time, ILogger<StackPreparation> log)
    : BackgroundService
{
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, StackProgress> progress = new(
        stacks.Names.Select(name => KeyValuePair.Create(name, new StackProgress(name, false, null, null, 0)))
    );

    /// <summary>Every stack, the default first.</summary>
    public IReadOnlyList<StackProgress> Progress => [.. stacks.Names.Select(name => progress[name])];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The rest of the start must not wait for a driver's first synchronous steps.
        await Task.Yield();
        foreach (var name in stacks.Names)
            await PrepareAsync(name, stoppingToken);
    }

    private async Task PrepareAsync(string name, CancellationToken stop)
    {
        while (!await TryPrepareAsync(name, stop))
            await Task.Delay(PauseAfterFailure, time, stop);
    }

    private async Task<bool> TryPrepareAsync(string name, CancellationToken stop)
    {
        var started = time.GetTimestamp();
        try
        {
            // The engine pushes the run image.
            using var push = await images.BeginPushAsync(stop);
            await stacks.PrepareAsync(name, new Steps(step => Show(name, step)), stop);
            progress[name] = new(name, true, null, null, 0);
            log.LogInformation("Stack {Stack} is ready after {Seconds:0.0} s", name, time.GetElapsedTime(started).TotalSeconds);
            return true;
        }
        catch (Exception cause) when (!stop.IsCancellationRequested)
        {
            progress[name] = new(name, false, null, cause.Message, progress[name].Failures + 1);
            log.LogError(cause, "Stack {Stack} could not be prepared; trying again in {Pause}", name, PauseAfterFailure);
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
