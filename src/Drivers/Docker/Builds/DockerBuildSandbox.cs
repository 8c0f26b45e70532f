using NeetoDeploy.Drivers.Abstractions;
using NeetoDeploy.Drivers.Abstractions.Builds;
using NeetoDeploy.Drivers.Docker.Engine;
using NeetoDeploy.Drivers.Docker.Networks;

namespace NeetoDeploy.Drivers.Docker.Builds;

/// <summary>A running build sandbox.</summary>
internal sealed class DockerBuildSandbox(DockerEngine engine, string container, string user, SandboxLease network) : IBuildSandbox
{
    public async Task<int> RunAsync(
        IReadOnlyList<string> command,
        IReadOnlyDictionary<string, string> environment,
        string workingDirectory,
        Func<ReadOnlyMemory<byte>, ValueTask> output,
        CancellationToken cancel
    )
    {
        try
        {
            var exitCode = await engine.RunAsync(container, new EngineExec(command, user, workingDirectory, environment), output, cancel);
            if (exitCode < 0 || await engine.FindContainerAsync(container, cancel) is not { State.Running: true })
                throw new DriverException(
                    DriverErrorKind.Unavailable,
                    "build.sandbox_lost",
                    "The build's container went away while it ran."
                );
            return exitCode;
        }
        catch (OperationCanceledException)
        {
            await engine.KillContainerAsync(container, "SIGKILL", CancellationToken.None);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        // An engine that is away keeps the container until the build is cleaned up after; the network is another's by then.
        await using (network)
            await engine.RemoveContainerAsync(container, CancellationToken.None);
    }
}
