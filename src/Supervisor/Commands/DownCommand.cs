using NeetoDeploy.Supervisor.Engines;
using NeetoDeploy.Supervisor.Installations;
using NeetoDeploy.Supervisor.Processes;

namespace NeetoDeploy.Supervisor.Commands;

/// <summary>Stops control plane and router; with <c>--all</c> also what the installation has on the engine. Data stays.</summary>
public sealed class DownCommand(DataFolder data, StepDisplay progress)
{
    public async Task<int> RunAsync(bool all, CancellationToken cancel)
    {
        var installation = Installation.Find(data);
        if (installation is null)
        {
            progress.Say($"There is no installation in {data.Root}.");
            return 0;
        }
        using var keeper = KeeperLock.FindHolder(data);
        if (keeper is null)
            progress.Say("It does not run.");
        else
            await progress.StepAsync(
                "Stopping control plane and router",
                async _ =>
                {
                    Signals.Terminate(keeper.Id);
                    await keeper.WaitForExitAsync(cancel);
                }
            );
        if (all)
            await RemoveAsync(installation, cancel);
        return 0;
    }

    private async Task RemoveAsync(Installation installation, CancellationToken cancel)
    {
        var engine =
            await Engine.FindAsync(installation.EngineSocket, cancel)
            ?? throw new SupervisorException(
                "The container engine does not answer, so its containers and networks are still there. Start it and run 'neeto down --all' again."
            );
        using var belongings = new EngineBelongings(engine, installation.Id);
        await progress.StepAsync("Removing containers and networks", _ => belongings.RemoveAsync(cancel));
    }
}
