using System.Globalization;
using NeetoDeploy.Supervisor.Checks;
using NeetoDeploy.Supervisor.Engines;
using NeetoDeploy.Supervisor.Installations;
using NeetoDeploy.Supervisor.Processes;
using NeetoDeploy.Supervisor.Registry;

namespace NeetoDeploy.Supervisor.Commands;

/// <summary>What runs in the background for as long as the installation is up: it holds the lock and keeps the processes.</summary>
public sealed class KeepCommand(DataFolder data, Programs programs, TimeProvider time, TextWriter log)
{
    /// <summary>The processes it can keep, besides the engine.</summary>
    public static IReadOnlyList<string> Names { get; } = ["registry", "router", "silo", "dashboard"];

    /// <summary>Those that an installation has.</summary>
    public static IEnumerable<string> NamesOf(Installation installation) =>
        Names.Where(name => name != "dashboard" || installation.DashboardPort != 0);

    /// <summary>Keeps everything until cancelled, then stops silo and router, and the registry last.</summary>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        using var held =
            KeeperLock.TryTake(data) ?? throw new SupervisorException($"Another keeper already runs the installation in {data.Root}.");
        var installation = Installation.Find(data) ?? throw new SupervisorException($"There is no installation in {data.Root}.");
        var processes = new ProcessKeeper(data, time, log);
        var engines = new EngineKeeper(installation.EngineSocket ?? await Engine.ChooseAsync(stop), processes, time, log);
        var engine = await engines.EnsureAsync(stop);
        RegistryConfig.Write(data, installation);
        ProcessSettings.Write(data, installation, engine, programs);

        using var stopLast = new CancellationTokenSource();
        var registry = processes.KeepAsync(Registry(), stopLast.Token);
        try
        {
            // The silo begins with the stacks, which it pushes.
            await Ports.ListensAsync(installation.RegistryPort, time, stop);
            await Task.WhenAll(
                engines.KeepAsync(stop),
                processes.KeepAsync(Ours("Router", "router", Standing.Urgent), stop),
                processes.KeepAsync(Ours("Silo", "silo", Standing.Background), stop),
                installation.DashboardPort == 0
                    ? Task.CompletedTask
                    : processes.KeepAsync(Ours("Dashboard", "dashboard", Standing.Background), stop)
            );
        }
        finally
        {
            await stopLast.CancelAsync();
            await registry;
        }
        return 0;
    }

    private KeptProcess Registry() =>
        new("registry", ["docker-registry", "serve", data.RegistryConfig], new Dictionary<string, string>(), Standing.Background);

    private KeptProcess Ours(string program, string name, Standing standing) =>
        new(
            name,
            programs.Command(program, "--settings", data.Settings(name)),
            new Dictionary<string, string>
            {
                ["DOTNET_gcServer"] = "0",
                // It may start while it has to leave some to apps.
                ["DOTNET_PROCESSOR_COUNT"] = Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture),
            },
            standing
        );
}
