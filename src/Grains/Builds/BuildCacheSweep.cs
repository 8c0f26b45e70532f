using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NeetoDeploy.Drivers.Abstractions;
using NeetoDeploy.Drivers.Abstractions.Builds;

namespace NeetoDeploy.Grains.Builds;

/// <summary>Keeps the builder's caches within their limits.</summary>
public sealed class BuildCacheSweep(IBuildDriver builder, TimeProvider time, ILogger<BuildCacheSweep> log) : BackgroundService
{
    private readonly PeriodicTimer ticks = new(TimeSpan.FromMinutes(10), time);

    public override void Dispose()
    {
        base.Dispose();
        ticks.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await ticks.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await builder.TrimCachesAsync(stoppingToken);
            }
            catch (DriverException e)
            {
                log.LogWarning(e, "The builder's caches stay as they are until the next attempt");
            }
        }
    }
}
