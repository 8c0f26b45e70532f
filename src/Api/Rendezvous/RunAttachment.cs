using System.IO.Pipelines;
using NeetoDeploy.Grains.Interfaces.Runs;

namespace NeetoDeploy.Api.Rendezvous;

/// <summary>Writes a run's output to the client. Each piece goes out as one write, as the run made it.</summary>
internal sealed class RunAttachment(PipeWriter client) : IRunObserver
{
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the run has ended and all its output was written.</summary>
    public Task Ended => ended.Task;

    /// <summary>Returns once the connection has room again.</summary>
    public async Task OutputAsync(byte[] bytes) => await client.WriteAsync(bytes);

    public Task EndedAsync(int exitCode)
    {
        ended.TrySetResult();
        return Task.CompletedTask;
    }
}
