using NeetoDeploy.Supervisor.Engines;
using NeetoDeploy.Supervisor.Installations;
using NeetoDeploy.Supervisor.Processes;

namespace NeetoDeploy.Supervisor.Commands;

/// <summary>Says what runs. Exit code 0 when everything does, 3 when not: the code that <c>systemctl status</c> uses for it.</summary>
public sealed class StatusCommand(DataFolder data, StepDisplay progress)
{
    private const int NotRunning = 3;

    public async Task<int> RunAsync(CancellationToken cancel)
    {
        var installation = Installation.Find(data);
        if (installation is null)
        {
            progress.Say($"There is no installation in {data.Root}. 'neeto up' makes one.");
            return NotRunning;
        }
        var isWhole = true;
        foreach (var name in (string[])["keeper", .. KeepCommand.NamesOf(installation)])
        {
            using var process = new PidFile(data.Pid(name)).Find();
            isWhole &= process is not null;
            progress.Say(process is null ? $"{name, -9} down" : $"{name, -9} up, pid {process.Id}, {process.WorkingSet64 >> 20} MB");
        }
        var engine = await Engine.FindAsync(installation.EngineSocket, cancel);
        progress.Say(engine is null ? "engine    down" : $"engine    up, {engine.Socket}");
        if (engine is not null)
        {
            using var belongings = new EngineBelongings(engine, installation.Id);
            progress.Say($"containers {await belongings.CountRunningAsync(cancel)}");
        }
        progress.Say($"API       {installation.ApiUrl}");
        progress.Say($"apps      http://NAME.{installation.AppsAuthority}/");
        progress.Say($"data      {data.Root}");
        return isWhole && engine is not null ? 0 : NotRunning;
    }
}
