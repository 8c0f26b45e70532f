using Microsoft.Extensions.Hosting;
using NeetoDeploy.Grains.Installations;

namespace NeetoDeploy.Grains.Builds;

/// <summary>Keeps the builder's caches within their limits, and removes what a builder that was killed has left: soon after the start, and then every ten minutes.</summary>
public sealed class BuildCacheSweep(GarbageCollector garbage, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(10);

    private readonly PeriodicTimer ticks = new(First, time);

    public override void Dispose()
    {
        base.Dispose();
        ticks.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await ticks.WaitForNextTickAsync(stoppingToken))
        {
            ticks.Period = Period;
            await garbage.TrimCachesAsync(stoppingToken);
        }
    }
}
