using System.Collections.Concurrent;
using System.Text;
using NeetoDeploy.Grains.Interfaces.Runs;

namespace NeetoDeploy.Grains.Tests.Runs;

/// <summary>A session that keeps what it gets.</summary>
public sealed class RunRecorder : IRunObserver
{
    private readonly ConcurrentQueue<byte[]> chunks = [];
    private readonly TaskCompletionSource<int> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Output => Encoding.UTF8.GetString([.. chunks.SelectMany(chunk => chunk)]);

    /// <summary>The pieces in which the output came.</summary>
    public IReadOnlyCollection<byte[]> Chunks => chunks;

    /// <summary>Completes with the exit code.</summary>
    public Task<int> Ended => ended.Task;

    public Task OutputAsync(byte[] bytes)
    {
        chunks.Enqueue(bytes);
        return Task.CompletedTask;
    }

    public Task EndedAsync(int exitCode)
    {
        ended.TrySetResult(exitCode);
        return Task.CompletedTask;
    }
}
