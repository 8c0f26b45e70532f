using System.Collections.Immutable;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Dynos;
using NeetoDeploy.Core.Metrics;
using NeetoDeploy.Drivers.Abstractions;
using NeetoDeploy.Drivers.Abstractions.Dynos;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Logs;

namespace NeetoDeploy.Grains.Dynos;

/// <summary>Measures running dynos every 20 s, for their apps' metrics: R14 in the log above the quota, R15 and a kill above twice of it.</summary>
public sealed class MemoryWatch(
    IDynoDriver driver,
    IGrainFactory grains,
    PlatformLog lines,
    TimeProvider time,
    IHostApplicationLifetime host,
    ILogger<MemoryWatch> log
) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(20);

    private readonly CpuRates rates = new(time);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (driver is not ISupportsStats stats)
            return;
        CallContext.Act(Actor.Platform);
        await host.WhenStartedAsync(stoppingToken);
        using var ticks = new PeriodicTimer(Period, time);
        while (await ticks.WaitForNextTickAsync(stoppingToken))
            await MeasureAllAsync(stats, stoppingToken);
    }

    private async Task MeasureAllAsync(ISupportsStats stats, CancellationToken cancel)
    {
        try
        {
            var running = (await driver.ObserveAsync(cancel)).Where(seen => seen.Phase == DynoPhase.Running);
            rates.Begin();
            foreach (var dynos in running.GroupBy(seen => seen.Key.App))
                await MeasureAsync(stats, dynos.Key, [.. dynos], cancel);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            log.LogDebug(e, "Memory cannot be measured now");
        }
    }

    private async Task MeasureAsync(ISupportsStats stats, AppId app, List<DynoObservation> dynos, CancellationToken cancel)
    {
        var sizes = (await grains.Formation(app).ListDynosAsync()).ToDictionary(dyno => dyno.Name, dyno => dyno.Size);
        var figures = ImmutableDictionary.CreateBuilder<string, DynoFigures>();
        foreach (var seen in dynos)
        {
            if (!sizes.TryGetValue(seen.Key.Name, out var size) || await stats.MeasureAsync(seen.Handle, cancel) is not { } usage)
                continue;
            // One that is replaced and its successor share a name: the later measured one stands for both.
            if (rates.Of(seen.Handle, usage.Cpu) is { } cpus && seen.Key.Name.Type.ToString() is not ("run" or "release"))
                figures[seen.Key.Name.ToString()] = DynoFigures.Of(usage.MemoryBytes, size.MemoryBytes, cpus);
            await JudgeAsync(seen, usage.MemoryBytes, size.MemoryBytes, cancel);
        }
        if (figures.Count > 0)
            await grains.Metrics(app).AddDynosAsync(figures.ToImmutable());
    }

    private async Task JudgeAsync(DynoObservation seen, long bytes, long quota, CancellationToken cancel)
    {
        if (bytes <= quota)
            return;
        var process = seen.Key.Name.ToString();
        if (bytes <= 2 * quota)
        {
            await lines.WriteAsync(seen.Key.App, process, DynoLines.Memory(bytes, quota), DynoLines.MemoryExceeded);
            return;
        }
        await lines.WriteAsync(seen.Key.App, process, DynoLines.Memory(bytes, quota), DynoLines.MemoryVastlyExceeded, DynoLines.Killing);
        await driver.StopAsync(seen.Handle, TimeSpan.Zero, cancel);
    }
}
