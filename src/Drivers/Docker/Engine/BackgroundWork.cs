using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using NeetoDeploy.Drivers.Abstractions;

namespace NeetoDeploy.Drivers.Docker.Engine;

/// <summary>
/// Work that goes on after a call has answered. All of it may be lost: whoever asked observes what came of it and asks again. The same
/// name runs once at a time.
/// </summary>
internal sealed partial class BackgroundWork(ILogger logger) : IAsyncDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly ConcurrentDictionary<string, Task> running = [];

    public void Start(string name, Func<CancellationToken, Task> work)
    {
        var begin = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!stopping.IsCancellationRequested && running.TryAdd(name, RunAsync(name, begin.Task, work)))
            begin.SetResult();
    }

    public async ValueTask DisposeAsync()
    {
        // The source is kept: the container that made us disposes us once for each service we stand for.
        await stopping.CancelAsync();
        await Task.WhenAll(running.Values);
    }

    private async Task RunAsync(string name, Task begin, Func<CancellationToken, Task> work)
    {
        await begin;
        try
        {
            await work(stopping.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested) { }
        catch (DriverException e) when (e.Kind != DriverErrorKind.Bug)
        {
            Failed(null, name, e.Message);
        }
        catch (Exception e)
        {
            Failed(e, name, e.Message);
        }
        finally
        {
            running.TryRemove(name, out _);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Background work {Name} on the container engine failed: {Reason}")]
    private partial void Failed(Exception? failure, string name, string reason);
}
