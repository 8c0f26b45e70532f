using NeetoDeploy.Grains.Interfaces.Runs;

namespace NeetoDeploy.Dashboard.Runs;

/// <summary>Writes a run's output to its page, never much more than the page has shown: a terminal draws slower than a program writes.</summary>
internal sealed class ConsoleOutput(ConsoleSocket page, TimeProvider time) : IRunObserver
{
    private const long MostUnseen = 1 << 20;

    /// <summary>A page that nobody looks at shows hardly anything. It gets a little now and then, and the run is not lost for want of an answer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly TaskCompletionSource<int> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock gate = new();
    private TaskCompletionSource room = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long unseen;

    /// <summary>Completes with the exit code when the run has ended and all its output was written.</summary>
    public Task<int> Ended => ended.Task;

    /// <summary>The page has shown so many bytes more.</summary>
    public void Took(int bytes)
    {
        lock (gate)
        {
            unseen = Math.Max(0, unseen - Math.Max(0, bytes));
            if (unseen <= MostUnseen)
                room.TrySetResult();
        }
    }

    public async Task OutputAsync(byte[] bytes)
    {
        Task wait;
        lock (gate)
        {
            unseen += bytes.Length;
            if (unseen > MostUnseen)
                room = new(TaskCreationOptions.RunContinuationsAsynchronously);
            else
                room.TrySetResult();
            wait = room.Task;
        }
        await page.WriteAsync(bytes);
        await Task.WhenAny(wait, Task.Delay(Patience, time));
    }

    public Task EndedAsync(int exitCode)
    {
        ended.TrySetResult(exitCode);
        return Task.CompletedTask;
    }
}
