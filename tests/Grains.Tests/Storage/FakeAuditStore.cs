using System.Collections.Concurrent;
using System.Collections.Immutable;
using NeetoDeploy.Grains.Interfaces.Audit;
using NeetoDeploy.Grains.Storage;

namespace NeetoDeploy.Grains.Tests.Storage;

/// <summary>An audit log in memory. It can be told to fail.</summary>
public sealed class FakeAuditStore : IAuditStore
{
    private readonly ConcurrentQueue<AuditEntry> entries = [];
    private int failures;

    /// <summary>The next entry is not taken, as with a full disk.</summary>
    public void FailNextAppend() => Interlocked.Exchange(ref failures, 1);

    public Task AppendAsync(AuditEntry entry, DateTimeOffset keepFrom, CancellationToken cancel)
    {
        if (Interlocked.Exchange(ref failures, 0) > 0)
            throw new IOException("The fake disk is full.");
        entries.Enqueue(entry);
        while (entries.TryPeek(out var oldest) && oldest.Time < keepFrom)
            entries.TryDequeue(out _);
        return Task.CompletedTask;
    }

    public Task<ImmutableArray<AuditEntry>> ReadAsync(AuditQuery query, CancellationToken cancel) =>
        Task.FromResult<ImmutableArray<AuditEntry>>([
            .. entries
                .Reverse()
                .Where(entry => query.Subject is null || entry.Subject == query.Subject)
                .Where(entry => query.Email is null || entry.Account.Email == query.Email)
                .SkipWhile(entry => query.Before is { } before && entry.Id.CompareTo(before) >= 0)
                .Take(query.Max),
        ]);
}
