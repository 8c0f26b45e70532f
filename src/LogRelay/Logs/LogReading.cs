using System.Runtime.CompilerServices;
using NeetoDeploy.Core.Logs;
using NeetoDeploy.Grains.Interfaces.Logs;

namespace NeetoDeploy.LogRelay.Logs;

/// <summary>One reader's way through a log: the backlog, then what comes, without repetition; what is missing is told. For one enumeration.</summary>
public sealed class LogReading : IAsyncDisposable
{
    private readonly LogFilter filter;
    private readonly LogBatch backlog;
    private readonly LogSubscription? subscription;
    private readonly TimeProvider time;
    private readonly Func<ValueTask> leave;
    private long seen;

    /// <param name="after">Number of the last line that the reader had before; null when it begins.</param>
    /// <param name="subscription">What comes after the backlog; null: nothing.</param>
    internal LogReading(
        LogFilter filter,
        LogPage backlog,
        long? after,
        LogSubscription? subscription,
        TimeProvider time,
        Func<ValueTask> leave
    )
    {
        this.filter = filter;
        this.subscription = subscription;
        this.time = time;
        this.leave = leave;
        var gap = after is { } had && had + 1 < backlog.OldestSeq ? new LogGap(had + 1, backlog.OldestSeq - 1) : null;
        this.backlog = new LogBatch(gap, backlog.Lines);
        seen = Math.Max(backlog.NewestSeq, after ?? 0);
    }

    /// <summary>Batches as they come; an empty one after each <paramref name="quiet"/> time without any.</summary>
    public async IAsyncEnumerable<LogBatch> ReadAsync(TimeSpan quiet, [EnumeratorCancellation] CancellationToken cancel)
    {
        if (backlog.Gap is not null || backlog.Lines.Count > 0)
            yield return backlog;
        while (subscription is not null && !cancel.IsCancellationRequested)
            yield return await NextAsync(subscription, quiet, cancel);
    }

    /// <summary>Likewise, for a reader who may lose the right to read. It is asked again and again whether they may; once they may not, the reading ends.</summary>
    /// <param name="quiet">Also how old the last answer of <paramref name="mayGoOn"/> may be when a batch is handed out.</param>
    /// <param name="mayGoOn">What it throws ends the reading as well.</param>
    public async IAsyncEnumerable<LogBatch> ReadAsync(
        TimeSpan quiet,
        Func<Task<bool>> mayGoOn,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        var askedAt = time.GetTimestamp();
        await foreach (var batch in ReadAsync(quiet, cancel))
        {
            if (time.GetElapsedTime(askedAt) >= quiet)
            {
                if (!await mayGoOn())
                    yield break;
                askedAt = time.GetTimestamp();
            }
            yield return batch;
        }
    }

    public ValueTask DisposeAsync() => leave();

    private async Task<LogBatch> NextAsync(LogSubscription waiting, TimeSpan quiet, CancellationToken cancel)
    {
        using var pause = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        using var timer = time.CreateTimer(_ => pause.Cancel(), null, quiet, Timeout.InfiniteTimeSpan);
        while (true)
        {
            if (Take(waiting) is { } batch)
                return batch;
            try
            {
                await waiting.Reader.WaitToReadAsync(pause.Token);
            }
            catch (OperationCanceledException)
            {
                return new LogBatch(null, []);
            }
        }
    }

    /// <summary>What is waiting; null when nothing of it is for this reader. Whoever sees all lines gets the batch that all others get.</summary>
    private LogBatch? Take(LogSubscription waiting)
    {
        while (waiting.Reader.TryRead(out var batch))
        {
            var gap = batch[0].Seq > seen + 1 ? new LogGap(seen + 1, batch[0].Seq - 1) : null;
            var lines =
                filter == LogFilter.All && batch[0].Seq > seen
                    ? batch
                    : [.. batch.Where(line => line.Seq > seen && filter.Matches(line.Entry))];
            seen = Math.Max(seen, batch[^1].Seq);
            if (gap is not null || lines.Count > 0)
                return new LogBatch(gap, lines);
        }
        return null;
    }
}
