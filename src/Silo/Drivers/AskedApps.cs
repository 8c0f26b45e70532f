using NeetoDeploy.Api.Internal;
using NeetoDeploy.Drivers.Abstractions.Dynos;

namespace NeetoDeploy.Silo.Drivers;

/// <summary>Has builds leave processors to apps while these are asked much. Where nobody asks, builds have the machine for themselves.</summary>
internal sealed class AskedApps(RoutedRequests requests, ISupportsReserve reserve, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var demand = new Demand(requests.Count);
        // A silo that was killed may have left it so.
        var isHeld = true;
        using var timer = new PeriodicTimer(Look, time);
        try
        {
            do
            {
                var isMuch = demand.IsMuch(requests.Count, time.GetUtcNow());
                // Nothing is said again and again while nobody asks: another installation on this machine may need it.
                if (isMuch || isHeld)
                    reserve.LeaveProcessorsToDynos(isMuch);
                isHeld = isMuch;
            } while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        finally
        {
            // The engine lives on.
            if (isHeld)
                reserve.LeaveProcessorsToDynos(false);
        }
    }
}
