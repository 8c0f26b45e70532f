using NeetoDeploy.Core.Dynos;
using NeetoDeploy.Drivers.Abstractions;
using NeetoDeploy.Drivers.Abstractions.Dynos;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Releases;

namespace NeetoDeploy.Grains.Dynos;

/// <summary>Does what was decided. Each step may be repeated.</summary>
public sealed partial class DynoGrain
{
    private async Task ApplyAsync(DynoChanges changes, CancellationToken cancel)
    {
        foreach (var step in changes.Steps)
        {
            await step.Match(
                start => StartAsync(changes.Place.Incarnations.First(incarnation => incarnation.Generation == start.Generation), cancel),
                stop => StopAsync(stop, cancel),
                remove => RemoveAsync(remove.Generation, cancel)
            );
        }
    }

    private async Task StartAsync(Incarnation incarnation, CancellationToken cancel)
    {
        var memory = MemoryOf(incarnation.Generation);
        var runnable = await GrainFactory.Releases(app).GetRunnableAsync(incarnation.Wish.Release);
        if (runnable?.Release.Slug is not { } slug)
        {
            memory.StartError = $"release {incarnation.Wish.Release} has nothing to run";
            return;
        }
        Remember(runnable);
        if (!memory.IsAnnounced)
            await lines.WriteAsync(app, name.ToString(), DynoLines.Starting(CommandOf(runnable)));
        memory.IsAnnounced = true;
        try
        {
            var key = KeyOf(incarnation);
            var environment = DynoEnvironment.For(key, incarnation.Wish.Size, runnable, await GrainFactory.App(app).GetAsync());
            var (image, start) = DynoStarts.Process(slug, name.Type);
            var spec = new DynoSpec(key, image, start, environment, incarnation.Wish.Size);
            memory.Handle = (await driver.EnsureAsync(spec, cancel)).Handle;
        }
        catch (DriverException e) when (!e.IsTransient)
        {
            memory.StartError = e.Message;
        }
    }

    private async Task StopAsync(DynoStep.Stop stop, CancellationToken cancel)
    {
        var memory = MemoryOf(stop.Generation);
        if (memory.Handle is null)
            return;
        await driver.StopAsync(memory.Handle, stop.Grace, cancel);
        memory.IsTold = true;
    }

    private async Task RemoveAsync(int generation, CancellationToken cancel)
    {
        if (MemoryOf(generation).Handle is { } handle)
            await driver.RemoveAsync(handle, cancel);
    }

    private string CommandOf(RunnableRelease runnable) => runnable.Release.Slug?.ProcessTypes.GetValueOrDefault(name.Type.ToString()) ?? "";
}
