using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using NeetoDeploy.Core.Logs;

namespace NeetoDeploy.LogRelay.Logs;

/// <summary>One reader's way through a log: the backlog, then what comes, without gap or repetition.</summary>
public sealed class LogReading : IAsyncDisposable
{
    private readonly LogFilter filter;
    private readonly ImmutableArray<LogLine> backlog;
    private readonly LogSubscription? subscription;
    private readonly TimeProvider time;
    private readonly Func<ValueTask> leave;
    private long seen;

    internal LogReading(
        LogFilter filter,
        ImmutableArray<LogLine> backlog,
        long seen,
        LogSubscription? subscription,
        TimeProvider time,
        Func<ValueTask> leave
    )
    {
        this.filter = filter;
        this.backlog = backlog;
        this.seen = seen;
        this.subscription = subscription;
        this.time = time;
        this.leave = leave;
    }

    /// <summary>A reading that ends with these lines.</summary>
    internal static LogReading Finished(ImmutableArray<LogLine> lines) =>
        new(LogFilter.All, lines, 0, null, TimeProvider.System, () => ValueTask.CompletedTask);

    /// <summary>Batches of lines as they come; an empty one after each <paramref name="quiet"/> time without any.</summary>
    public async IAsyncEnumerable<IReadOnlyList<LogLine>> ReadAsync(TimeSpan quiet, [EnumeratorCancellation] CancellationToken cancel)
    {
        if (!backlog.IsEmpty)
            yield return backlog;
        while (subscription is not null && !cancel.IsCancellationRequested)
            yield return await NextAsync(subscription, quiet, cancel);
    }

    public ValueTask DisposeAsync() => leave();

    private async Task<IReadOnlyList<LogLine>> NextAsync(LogSubscription waiting, TimeSpan quiet, CancellationToken cancel)
    {
        using var pause = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        using var timer = time.CreateTimer(_ => pause.Cancel(), null, quiet, Timeout.InfiniteTimeSpan);
        while (true)
        {
            try
            {
                await waiting.Reader.WaitToReadAsync(pause.Token);
            }
            catch (OperationCanceledException)
            {
                return [];
            }
            var lines = Take(waiting);
            if (lines.Count > 0)
                return lines;
        }
    }

    private List<LogLine> Take(LogSubscription waiting)
    {
        var lines = new List<LogLine>();
        while (waiting.Reader.TryRead(out var batch))
        {
            lines.AddRange(batch.Where(line => line.Seq > seen && filter.Matches(line.Entry)));
            seen = Math.Max(seen, batch[^1].Seq);
        }
        if (waiting.TakeDropped() is > 0 and var dropped)
            lines.Insert(0, Overflow(dropped));
        return lines;
    }

    /// <summary>Heroku's L11. It has no number: it is no line of the app's log.</summary>
    private LogLine Overflow(int dropped) =>
        new(
            0,
            new LogEntry(
                time.GetUtcNow(),
                LogEntry.Platform,
                "logplex",
                $"Error L11 (Tail buffer overflow) -> {dropped} messages dropped since this reader was too slow."
            )
        );
}
