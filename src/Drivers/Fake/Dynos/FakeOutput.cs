using System.Text;
using NeetoDeploy.Drivers.Abstractions.Dynos;

namespace NeetoDeploy.Drivers.Fake.Dynos;

/// <summary>All that a fake dyno wrote: bytes for who is attached, stamped lines for who follows.</summary>
internal sealed class FakeOutput(TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly List<byte> bytes = [];
    private readonly List<DynoOutputLine> lines = [];
    private readonly List<byte> unfinished = [];
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool completed;

    public void Append(ReadOnlySpan<byte> written)
    {
        lock (gate)
        {
            foreach (var value in written)
            {
                bytes.Add(value);
                if (value == '\n')
                    FinishLine();
                else
                    unfinished.Add(value);
            }
            Signal();
        }
    }

    public void Complete()
    {
        lock (gate)
        {
            if (unfinished.Count > 0)
                FinishLine();
            completed = true;
            Signal();
        }
    }

    /// <summary>The lines from an index on; waits for at least one; empty at the end.</summary>
    public Task<DynoOutputLine[]> LinesAsync(int from, CancellationToken cancel) => ReadAsync(lines, from, cancel);

    /// <summary>The bytes from an index on; waits for at least one; empty at the end.</summary>
    public Task<byte[]> BytesAsync(int from, CancellationToken cancel) => ReadAsync(bytes, from, cancel);

    private async Task<T[]> ReadAsync<T>(List<T> list, int from, CancellationToken cancel)
    {
        while (true)
        {
            Task wait;
            lock (gate)
            {
                if (list.Count > from || completed)
                    return [.. list.Skip(from)];
                wait = changed.Task;
            }
            await wait.WaitAsync(cancel);
        }
    }

    // Stamps grow strictly even when the clock stands still, so that following may resume after any of them.
    private void FinishLine()
    {
        var now = time.GetUtcNow();
        if (lines.Count > 0 && now <= lines[^1].Time)
            now = lines[^1].Time.AddTicks(1);
        lines.Add(new DynoOutputLine(now, Encoding.UTF8.GetString([.. unfinished]).TrimEnd('\r')));
        unfinished.Clear();
    }

    private void Signal()
    {
        changed.TrySetResult();
        changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
