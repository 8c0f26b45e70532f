using System.CommandLine;
using System.CommandLine.Invocation;
using NeetoDeploy.Cli.Commands;
using NeetoDeploy.Cli.Commands.Accounts;
using NeetoDeploy.Cli.Commands.Apps;
using NeetoDeploy.Cli.Commands.Completion;
using NeetoDeploy.Cli.Commands.Doctor;
using NeetoDeploy.Cli.Commands.Git;
using NeetoDeploy.Cli.Commands.Logs;
using NeetoDeploy.Cli.Commands.Runs;
using NeetoDeploy.Cli.Output;

namespace NeetoDeploy.Cli;

/// <summary>Every command of the CLI.</summary>
internal static class CommandTree
{
    /// <summary>Runs a command line; answers the exit code.</summary>
    public static async Task<int> RunAsync(string[] args, Surroundings around, CancellationToken cancel = default)
    {
        var parsed = Build(around).Parse(args.Length == 0 ? ["--help"] : RunLine.Separate(args));
        return parsed.Action is ParseErrorAction ? UsageMistake.Show(parsed, Screen.Of(around)) : await parsed.InvokeAsync(around, cancel);
    }

    private static RootCommand Build(Surroundings around)
    {
        var root = new RootCommand("NeetoDeploy: push code, get a running app.") { HelpName = "neeto" };
        var names = new AppNames(around);
        foreach (var command in All())
        {
            (command as AppCommand)?.CompleteAppsFrom(names);
            root.Add(command);
        }
        return root;
    }

    private static IEnumerable<CliCommand> All() =>
        [
            new LoginCommand(),
            new LogoutCommand(),
            new WhoamiCommand(),
            new Commands.Apps.ListCommand(),
            new CreateCommand(),
            new Commands.Apps.InfoCommand(),
            new RenameCommand(),
            new DestroyCommand(),
            new OpenCommand(),
            new MaintenanceCommand(on: true),
            new MaintenanceCommand(on: false),
            new DeployCommand(),
            new RebaseCommand(),
            new LogsCommand(),
            new RunCommand(),
            new Commands.Ps.ListCommand(),
            new Commands.Ps.ScaleCommand(),
            new Commands.Ps.RestartCommand(),
            new Commands.Ps.StopCommand(),
            new Commands.Config.ListCommand(),
            new Commands.Config.GetCommand(),
            new Commands.Config.SetCommand(),
            new Commands.Config.UnsetCommand(),
            new Commands.Releases.ListCommand(),
            new Commands.Releases.InfoCommand(),
            new Commands.Releases.RollbackCommand(),
            new Commands.Builds.ListCommand(),
            new Commands.Builds.InfoCommand(),
            new Commands.Builds.OutputCommand(),
            new Commands.Builds.SbomCommand(),
            new Commands.Builds.CancelCommand(),
            new Commands.Builds.Cache.PurgeCommand(),
            new Commands.Domains.ListCommand(),
            new Commands.Domains.AddCommand(),
            new Commands.Domains.RemoveCommand(),
            new Commands.Access.ListCommand(),
            new Commands.Access.AddCommand(),
            new Commands.Access.RemoveCommand(),
            new Commands.Buildpacks.ListCommand(),
            new Commands.Buildpacks.AddCommand(),
            new Commands.Buildpacks.RemoveCommand(),
            new Commands.Buildpacks.SetCommand(),
            new Commands.Buildpacks.ClearCommand(),
            new RemoteCommand(),
            new CredentialsCommand(),
            new DoctorCommand(),
            new CompletionCommand(),
        ];
}
