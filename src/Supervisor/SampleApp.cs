using System.Diagnostics;
using NeetoDeploy.Supervisor.Installations;

namespace NeetoDeploy.Supervisor;

/// <summary>Deploys the bundled sample as a user would: with our CLI.</summary>
internal sealed class SampleApp(DataFolder data, Installation installation, Programs programs)
{
    private const string Name = "hello-node";

    /// <exception cref="SupervisorException">The CLI failed; its words are in the message.</exception>
    public async Task DeployAsync(CancellationToken cancel)
    {
        await RunAsync(["create", Name, "--exist-ok"], cancel);
        await RunAsync(["deploy", programs.Sample, "--app", Name], cancel);
    }

    private async Task RunAsync(string[] arguments, CancellationToken cancel)
    {
        var command = programs.Cli(arguments);
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in ShellEnvironment.Of(data, installation))
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(cancel);
        var error = process.StandardError.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        if (process.ExitCode != 0)
            throw new SupervisorException(
                $"The sample app could not be deployed ('neeto {string.Join(' ', arguments)}' ended with {process.ExitCode}):\n{await output}{await error}"
            );
    }
}
