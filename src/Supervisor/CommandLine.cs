using System.CommandLine;
using NeetoDeploy.Supervisor.Commands;
using NeetoDeploy.Supervisor.Installations;
using Spectre.Console;

namespace NeetoDeploy.Supervisor;

/// <summary>The words and options of the commands that deal with this machine.</summary>
internal static class CommandLine
{
    private static readonly Option<string> Data = new("--data")
    {
        Description = "The installation's folder.",
        DefaultValueFactory = _ => DataFolder.Usual,
        Recursive = true,
    };

    private static readonly Option<string> Root = new("--root")
    {
        Description = "The checkout.",
        Hidden = true,
        Recursive = true,
        DefaultValueFactory = _ => Environment.CurrentDirectory,
    };

    public static RootCommand Build() =>
        new("Runs NeetoDeploy on this machine.") { Data, Root, Up(), Down(), Status(), Doctor(), Env(), Keep() };

    private static Command Up()
    {
        Option<int?> api = new("--api-port") { Description = "Platform API (5000)." };
        Option<int?> router = new("--router-port") { Description = "Where apps are served (8080)." };
        Option<int?> tls = new("--tls-port") { Description = "git over HTTPS and attached one-off dynos (5443)." };
        Option<int?> registry = new("--registry-port") { Description = "The box's own image registry (API port + 1)." };
        Option<int?> dashboard = new("--dashboard-port")
        {
            Description =
                "Also serve the dashboard here, by a process of its own that stays while the control plane restarts (0: not any more).",
        };
        Option<int?> gateway = new("--gateway-port")
        {
            Description =
                "Where hosts with a certificate of the installation ask its grains (none; with a dashboard of its own API port + 2).",
        };
        Option<string?> domain = new("--domain") { Description = "Apps are NAME.DOMAIN (localhost)." };
        Option<string?> storage = new("--storage")
        {
            Description = "postgres://user:password@host:port/database instead of the embedded SQLite.",
        };
        Option<string?> engine = new("--engine")
        {
            Description = "The unix socket of Docker or Podman (the first usual one that answers).",
        };
        Option<bool> detach = new("--detach") { Description = "Return once it runs." };
        Option<bool> noSample = new("--no-sample") { Description = "Do not deploy the sample app on the first run." };
        var command = new Command("up", "Starts the installation, making it first if need be.")
        {
            api,
            router,
            tls,
            registry,
            dashboard,
            gateway,
            domain,
            storage,
            engine,
            detach,
            noSample,
        };
        command.SetAction(
            (parsed, cancel) =>
                GuardAsync(() =>
                    new UpCommand(DataOf(parsed), ProgramsOf(parsed), TimeProvider.System, Progress()).RunAsync(
                        new InstallationWishes(
                            parsed.GetValue(api),
                            parsed.GetValue(router),
                            parsed.GetValue(tls),
                            parsed.GetValue(registry),
                            parsed.GetValue(domain),
                            parsed.GetValue(storage),
                            parsed.GetValue(engine),
                            parsed.GetValue(dashboard),
                            parsed.GetValue(gateway)
                        ),
                        !parsed.GetValue(noSample),
                        parsed.GetValue(detach),
                        cancel
                    )
                )
        );
        return command;
    }

    private static Command Down()
    {
        Option<bool> all = new("--all") { Description = "Also stop and remove the installation's containers and networks. Data is kept." };
        var command = new Command("down", "Stops control plane and router.") { all };
        command.SetAction(
            (parsed, cancel) => GuardAsync(() => new DownCommand(DataOf(parsed), Progress()).RunAsync(parsed.GetValue(all), cancel))
        );
        return command;
    }

    private static Command Status()
    {
        var command = new Command("status", "Says what runs.");
        command.SetAction((parsed, cancel) => GuardAsync(() => new StatusCommand(DataOf(parsed), Progress()).RunAsync(cancel)));
        return command;
    }

    private static Command Doctor()
    {
        Option<bool> json = new("--json") { Description = "Findings as JSON." };
        var command = new Command("doctor", "Checks engine, disk, ports, registry, storage and git, and says what to do.") { json };
        command.SetAction(
            (parsed, cancel) => GuardAsync(() => new DoctorCommand(DataOf(parsed), Terminal()).RunAsync(parsed.GetValue(json), cancel))
        );
        return command;
    }

    private static Command Env()
    {
        var command = new Command("env", "Prints export lines that point heroku, git and neeto here: eval \"$(./neeto env)\"");
        command.SetAction(
            (parsed, _) =>
                GuardAsync(async () =>
                {
                    var data = DataOf(parsed);
                    var installation =
                        Installation.Find(data)
                        ?? throw new SupervisorException($"There is no installation in {data.Root}. 'neeto up' makes one.");
                    await Console.Out.WriteAsync(ShellEnvironment.Exports(data, installation));
                    return 0;
                })
        );
        return command;
    }

    private static Command Keep()
    {
        var command = new Command("keep", "Keeps the installation's processes.") { Hidden = true };
        command.SetAction(
            (parsed, cancel) =>
                GuardAsync(() => new KeepCommand(DataOf(parsed), ProgramsOf(parsed), TimeProvider.System, Console.Out).RunAsync(cancel))
        );
        return command;
    }

    private static DataFolder DataOf(ParseResult parsed) => new(Path.GetFullPath(parsed.GetRequiredValue(Data)));

    private static Programs ProgramsOf(ParseResult parsed) => new(Path.GetFullPath(parsed.GetRequiredValue(Root)));

    private static StepDisplay Progress() => new(Terminal(), TimeProvider.System);

    /// <summary>Output that goes to a file or a pipe is not folded at 80 columns.</summary>
    private static IAnsiConsole Terminal()
    {
        var console = AnsiConsole.Console;
        if (Console.IsOutputRedirected)
            console.Profile.Width = 10_000;
        return console;
    }

    /// <summary>What a person can put right is one line; anything else is a bug and keeps its stack trace.</summary>
    private static async Task<int> GuardAsync(Func<Task<int>> command)
    {
        try
        {
            return await command();
        }
        catch (SupervisorException e)
        {
            await Console.Error.WriteLineAsync($"neeto: {e.Message}");
            return 1;
        }
        catch (OperationCanceledException)
        {
            return 130;
        }
    }
}
