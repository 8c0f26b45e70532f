using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Storage;
using Orleans.Runtime;

namespace NeetoDeploy.Grains.Reconciling;

/// <summary>
/// Pokes every grain with unfinished work when this silo has started and whenever another one has died. Poking a grain that works already is harmless,
/// so every silo may do it.
/// </summary>
public sealed class UnfinishedWorkSupervisor(
    IClusterMembershipService membership,
    ILocalSiloDetails silo,
    IUnfinishedWork unfinished,
    IGrainFactory grains,
    TimeProvider time,
    ILogger<UnfinishedWorkSupervisor> log
) : BackgroundService
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        CallContext.Act(Actor.Platform);
        var hasStarted = false;
        var dead = new HashSet<SiloAddress>();
        await foreach (var snapshot in membership.MembershipUpdates.WithCancellation(stoppingToken))
        {
            var isActive = snapshot.GetSiloStatus(silo.SiloAddress) == SiloStatus.Active;
            var died = snapshot
                .Members.Values.Where(member => member.Status == SiloStatus.Dead)
                .Count(member => dead.Add(member.SiloAddress));
            if (!isActive || (hasStarted && died == 0))
                continue;
            hasStarted = true;
            await PokeAllAsync(stoppingToken);
        }
    }

    private async Task PokeAllAsync(CancellationToken cancel)
    {
        try
        {
            foreach (var item in await ListAsync(cancel))
                _ = PokeAsync(item);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The silo stops.
        }
    }

    private async Task<IEnumerable<WorkItem>> ListAsync(CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                return await unfinished.ListAsync(cancel);
            }
            catch (Exception e) when (!cancel.IsCancellationRequested)
            {
                log.LogWarning(e, "The list of unfinished work cannot be read; trying again");
                await Task.Delay(RetryPause, time, cancel);
            }
        }
    }

    private async Task PokeAsync(WorkItem item)
    {
        try
        {
            await grains.PokeAsync(item);
        }
        catch (Exception e)
        {
            log.LogWarning(e, "{Work} could not be poked; its reminder will do it within a minute", item);
        }
    }
}
