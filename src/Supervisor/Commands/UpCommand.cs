using System.Diagnostics;
using System.Security.Cryptography;
using NeetoDeploy.Supervisor.Checks;
using NeetoDeploy.Supervisor.Engines;
using NeetoDeploy.Supervisor.Installations;
using NeetoDeploy.Supervisor.Processes;

namespace NeetoDeploy.Supervisor.Commands;

/// <summary>Brings an installation up, shows how it comes, and stays until Ctrl-C unless detached.</summary>
public sealed class UpCommand(DataFolder data, Programs programs, TimeProvider time, StepDisplay progress)
{
    /// <param name="withSample">Deploy the sample app when this is the first time.</param>
    public async Task<int> RunAsync(InstallationWishes wishes, bool withSample, bool detach, CancellationToken cancel)
    {
        if (KeeperLock.FindHolder(data) is { } running)
        {
            running.Dispose();
            return await ShowRunningAsync(wishes, withSample, cancel);
        }
        var installation = await PrepareAsync(wishes, cancel);
        var processes = new ProcessKeeper(data, time, TextWriter.Null);
        foreach (var name in KeepCommand.Names)
            await processes.EndStrayAsync(name);
        Ports.RequireFree(installation);
        using var keeper = StartKeeper(processes);
        try
        {
            installation = await SettleAsync(installation, withSample, keeper, cancel);
        }
        catch (Exception) when (!keeper.HasExited)
        {
            await StopAsync(keeper);
            throw;
        }
        Summary.Print(progress, data, installation, await SetupReport.FindLinkAsync(data, installation, cancel));
        if (detach)
            return 0;
        progress.Say("Ctrl-C stops the control plane and the router; apps go on running.");
        await keeper.WaitForExitAsync(cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (keeper.HasExited)
            throw new SupervisorException($"The keeper has ended with {keeper.ExitCode}. Its log says why: {data.Log("keeper")}");
        await progress.StepAsync("Stopping control plane and router", _ => StopAsync(keeper));
        return 0;
    }

    private async Task<int> ShowRunningAsync(InstallationWishes wishes, bool withSample, CancellationToken cancel)
    {
        var installation = Installation.Find(data)!;
        if (wishes.ApplyTo(installation, () => "") != installation)
            throw new SupervisorException("It runs already, with other settings. Run 'neeto down' first, then 'up' with the new ones.");
        installation = await SettleAsync(installation, withSample, keeper: null, cancel);
        progress.Say("NeetoDeploy runs already.");
        Summary.Print(progress, data, installation, await SetupReport.FindLinkAsync(data, installation, cancel));
        return 0;
    }

    private async Task<Installation> PrepareAsync(InstallationWishes wishes, CancellationToken cancel)
    {
        data.Create();
        var installation = wishes.ApplyTo(Installation.Find(data), () => $"neeto-{RandomNumberGenerator.GetHexString(8, lowercase: true)}");
        installation = installation with { EngineSocket = installation.EngineSocket ?? await Engine.ChooseAsync(cancel) };
        installation.Save(data);
        InstallationSecrets.Create(data);
        new LocalAuthority(data, time).Issue(installation.AppsDomain);
        new ClusterAuthority(data, time).Issue();
        PrivateFile.Write(data.ShellEnvironment, System.Text.Encoding.UTF8.GetBytes(ShellEnvironment.Exports(data, installation)));
        return installation;
    }

    private async Task<Installation> SettleAsync(Installation installation, bool withSample, Process? keeper, CancellationToken cancel)
    {
        var readiness = new Readiness(data, installation, time, () => keeper is { HasExited: true });
        await progress.StepAsync("Starting engine, registry, router and silo", show => readiness.WaitForSiloAsync(show, cancel));
        if (!await readiness.HasStackAsync(cancel))
            await progress.StepAsync("Preparing the stack images (once)", show => readiness.WaitForStackAsync(show, cancel));
        if (await readiness.FindProblemAsync(cancel) is { } problem)
            progress.Say($"! {problem}");
        if (installation.HasSample || !withSample)
            return installation;
        await progress.StepAsync(
            "Deploying the sample app hello-node",
            _ => new SampleApp(data, installation, programs).DeployAsync(cancel)
        );
        installation = installation with { HasSample = true };
        installation.Save(data);
        return installation;
    }

    private Process StartKeeper(ProcessKeeper processes) =>
        processes.StartDetached(
            new KeptProcess(
                "keeper",
                programs.Command("Supervisor", "keep", "--data", data.Root, "--root", programs.Root),
                new Dictionary<string, string>()
            )
        );

    private static async Task StopAsync(Process keeper)
    {
        Signals.Terminate(keeper.Id);
        await keeper.WaitForExitAsync(CancellationToken.None);
    }
}
