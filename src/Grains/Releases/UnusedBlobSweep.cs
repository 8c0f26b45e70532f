using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NeetoDeploy.Drivers.Abstractions;
using NeetoDeploy.Drivers.Abstractions.Images;

namespace NeetoDeploy.Grains.Releases;

/// <summary>Frees the registry's disk of what only removed images and abandoned builds had.</summary>
public sealed class UnusedBlobSweep(IImageStore images, TimeProvider time, ILogger<UnusedBlobSweep> log) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromHours(1);
    private static readonly TimeSpan PauseWhenBusy = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = Period;
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(pause, time, stoppingToken);
            pause = await TryCollectAsync(stoppingToken) ? Period : PauseWhenBusy;
        }
    }

    private async Task<bool> TryCollectAsync(CancellationToken cancel)
    {
        try
        {
            return await images.CollectAsync(cancel);
        }
        catch (DriverException e)
        {
            log.LogWarning(e, "Unused blobs stay in the registry until the next attempt");
            return true;
        }
    }
}
