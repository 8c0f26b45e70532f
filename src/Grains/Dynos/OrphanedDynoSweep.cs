using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Drivers.Abstractions;
using NeetoDeploy.Drivers.Abstractions.Dynos;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Access;

namespace NeetoDeploy.Grains.Dynos;

/// <summary>Removes incarnations that no grain knows: what a create left that succeeded after its caller had been told of a failure.</summary>
public sealed class OrphanedDynoSweep(
    IDynoDriver driver,
    IGrainFactory grains,
    TimeProvider time,
    IHostApplicationLifetime host,
    ILogger<OrphanedDynoSweep> log
) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(20);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        CallContext.Act(Actor.Platform);
        await host.WhenStartedAsync(stoppingToken);
        using var ticks = new PeriodicTimer(Period, time);
        while (await ticks.WaitForNextTickAsync(stoppingToken))
            await SweepAsync(stoppingToken);
    }

    private async Task SweepAsync(CancellationToken cancel)
    {
        try
        {
            foreach (var seen in await driver.ObserveAsync(cancel))
                await SweepAsync(seen, cancel);
        }
        catch (DriverException e)
        {
            log.LogDebug(e, "The engine cannot be swept");
        }
    }

    private async Task SweepAsync(DynoObservation seen, CancellationToken cancel)
    {
        var key = seen.Key;
        try
        {
            if (await grains.Formation(key.App).OwnsAsync(key.Name, key.Release, key.Generation))
                return;
            log.LogWarning("{Dyno} belongs to nobody and is removed", key);
            await driver.RemoveAsync(seen.Handle, cancel);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            log.LogWarning(e, "Whose {Dyno} is cannot be told; it stays", key);
        }
    }
}
