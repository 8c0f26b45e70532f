using Microsoft.Extensions.Hosting;
using NeetoDeploy.Grains.Installations;

namespace NeetoDeploy.Grains.Releases;

/// <summary>Has the registry's disk freed once an hour, and a minute after an attempt while somebody pushed.</summary>
public sealed class UnusedBlobSweep(GarbageCollector garbage, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromHours(1);
    private static readonly TimeSpan PauseWhenBusy = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = Period;
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(pause, time, stoppingToken);
            pause = await garbage.CollectImagesAsync(stoppingToken) ? Period : PauseWhenBusy;
        }
    }
}
