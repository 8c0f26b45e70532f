using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Drivers.Abstractions;
using NeetoDeploy.Drivers.Abstractions.Dynos;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Access;

namespace NeetoDeploy.Grains.Dynos;

/// <summary>
/// Tells dynos' grains that the engine says something of them: each when it happens, and all of them after a start and after an outage of
/// the engine. It is only a hint: each grain looks by itself every minute as well.
/// </summary>
public sealed class EngineWatch(
    IDynoDriver driver,
    IGrainFactory grains,
    TimeProvider time,
    IHostApplicationLifetime host,
    ILogger<EngineWatch> log
) : BackgroundService
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken cancel)
    {
        CallContext.Act(Actor.Platform);
        await host.WhenStartedAsync(cancel);
        var isDown = false;
        while (driver is ISupportsWatch watch && !cancel.IsCancellationRequested)
        {
            using var attempt = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            try
            {
                // The watch is open before everything is looked at, so nothing falls between.
                var changes = TellOfChangesAsync(watch, attempt.Token);
                await TellOfAllAsync(cancel);
                if (isDown)
                    log.LogInformation("The engine answers again");
                isDown = false;
                await changes;
            }
            catch (DriverException e)
            {
                if (!isDown)
                    log.LogError("The engine does not answer; dynos are left as they are. {Message}", e.Message);
                isDown = true;
                await attempt.CancelAsync();
            }
            await Task.Delay(RetryPause, time, cancel);
        }
    }

    private async Task TellOfChangesAsync(ISupportsWatch watch, CancellationToken cancel)
    {
        await foreach (var key in watch.WatchAsync(cancel))
            await TellAsync(key);
    }

    private async Task TellOfAllAsync(CancellationToken cancel)
    {
        foreach (var seen in await driver.ObserveAsync(cancel))
            await TellAsync(seen.Key);
    }

    private async Task TellAsync(DynoKey key)
    {
        try
        {
            await grains.Formation(key.App).EngineChangedAsync(key.Name);
        }
        catch (Exception e)
        {
            log.LogWarning(e, "{Dyno} could not be told of a change; it looks by itself within a minute", key);
        }
    }
}
