using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Logs;
using NeetoDeploy.Grains.Interfaces.Logs;
using NeetoDeploy.Grains.Storage;
using Orleans.Concurrency;

namespace NeetoDeploy.Grains.Logs;

/// <summary>
/// Numbers an app's lines. Calls interleave, so that lines which arrive during a write share the next one; a call is answered when its
/// lines are stored, and followers see a line only then: a number never stands for two lines.
/// </summary>
[GrainType("logs"), Reentrant]
public sealed partial class LogRelayGrain(ILogStore store, TimeProvider time, ILogger<LogRelayGrain> log) : Grain, ILogRelayGrain
{
    private static readonly TimeSpan NoticePause = TimeSpan.FromSeconds(1);

    private readonly LogRing ring = new();
    private readonly CancellationTokenSource deactivating = new();
    private readonly LogThrottle throttle = new(time.GetUtcNow());
    private List<LogEntry> pending = [];
    private TaskCompletionSource pendingStored = new();
    private IGrainTimer? noticeTimer;
    private Task newestStored = Task.CompletedTask;
    private bool isWriting;

    private AppId App => AppId.Parse(this.GetPrimaryKeyString());

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        ring.Add(await store.LoadAsync(App, LogRing.MostLines, cancellationToken));
        newestRestored = ring.NewestSeq;
        await base.OnActivateAsync(cancellationToken);
    }

    public Task AppendAsync(ImmutableArray<LogEntry> entries) => EnqueueAsync(entries.SelectMany(LogText.Lines));

    public Task AppendOutputAsync(ImmutableArray<LogEntry> entries) => EnqueueOutputAsync(entries, ring.Has);

    public Task<DateTimeOffset?> GetHorizonAsync() => Task.FromResult(ring.Horizon);

    public Task<LogPage> ReadNewestAsync(int count, LogFilter filter) =>
        Task.FromResult(new LogPage(ring.Newest(count, filter), ring.NewestSeq, ring.OldestSeq));

    public Task<LogPage> ReadAfterAsync(long seq, LogFilter filter) =>
        Task.FromResult(new LogPage(ring.After(seq, filter), ring.NewestSeq, ring.OldestSeq));

    public async Task DestroyAsync()
    {
        await store.DeleteAsync(App, CancellationToken.None);
        DeactivateOnIdle();
    }

    private Task EnqueueOutputAsync(IEnumerable<LogEntry> entries, Func<LogEntry, bool> isKnown)
    {
        var now = time.GetUtcNow();
        var admitted = entries.SelectMany(LogText.Lines).Where(entry => !isKnown(entry) && throttle.Admit(now)).ToList();
        if (throttle.Dropped > 0 && noticeTimer is null)
            noticeTimer = this.RegisterGrainTimer(NoteDroppedAsync, NoticePause, Timeout.InfiniteTimeSpan);
        return EnqueueAsync(admitted);
    }

    private Task NoteDroppedAsync()
    {
        noticeTimer?.Dispose();
        noticeTimer = null;
        return throttle.TakeNotice() is { } notice
            ? EnqueueAsync([new LogEntry(time.GetUtcNow(), LogEntry.Platform, "logplex", notice)])
            : Task.CompletedTask;
    }

    private Task EnqueueAsync(IEnumerable<LogEntry> entries)
    {
        var count = pending.Count;
        pending.AddRange(entries);
        if (pending.Count == count)
            return newestStored; // what is known already may be on its way to the store
        newestStored = pendingStored.Task;
        if (!isWriting)
            _ = WriteAllAsync();
        return newestStored;
    }

    private async Task WriteAllAsync()
    {
        isWriting = true;
        while (pending.Count > 0)
        {
            var (batch, stored) = (pending, pendingStored);
            (pending, pendingStored) = ([], new TaskCompletionSource());
            try
            {
                await WriteAsync(batch);
                stored.SetResult();
            }
            catch (Exception e)
            {
                // The lines may be stored all the same. Only the store knows which number comes next.
                log.LogError(e, "{Count} lines of {App} could not be stored", batch.Count, App);
                stored.SetException(e);
                RefuseRest(e);
                DeactivateOnIdle();
                return;
            }
        }
        isWriting = false;
    }

    private async Task WriteAsync(List<LogEntry> batch)
    {
        var seq = ring.NewestSeq;
        ImmutableArray<LogLine> lines = [.. batch.Select(entry => new LogLine(++seq, entry))];
        await store.AppendAsync(App, lines, seq - LogRing.MostLines + 1, deactivating.Token);
        ring.Add(lines);
        TellFollowers(lines);
    }

    /// <summary>This activation writes nothing more; <c>isWriting</c> stays set so that nobody begins.</summary>
    private void RefuseRest(Exception reason)
    {
        pendingStored.TrySetException(reason);
        pending.Clear();
    }
}
