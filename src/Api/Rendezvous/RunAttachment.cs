using System.IO.Pipelines;
using NeetoDeploy.Grains.Interfaces.Runs;

namespace NeetoDeploy.Api.Rendezvous;

/// <summary>Writes a run's output to the client. Each piece goes out as one write, as the run made it.</summary>
/// <param name="greeted">Completes when output may follow the greeting.</param>
internal sealed class RunAttachment(PipeWriter client, Task greeted) : IRunObserver
{
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the run has ended and all its output was written.</summary>
    public Task Ended => ended.Task;

    /// <summary>Returns once the connection has room again.</summary>
    public async Task OutputAsync(byte[] bytes)
    {
        await greeted;
        await client.WriteAsync(bytes);
    }

    public Task EndedAsync(int exitCode)
    {
        ended.TrySetResult();
        return Task.CompletedTask;
    }
}
