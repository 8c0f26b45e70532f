using System.Collections.Concurrent;
using System.Collections.Immutable;
using NeetoDeploy.Grains.Storage;

namespace NeetoDeploy.Grains.Tests.Storage;

/// <summary>The list of grains with work, in memory.</summary>
public sealed class FakeUnfinishedWork : IUnfinishedWork
{
    private readonly ConcurrentDictionary<WorkItem, byte> items = [];

    public Task BeginAsync(WorkItem item, CancellationToken cancel)
    {
        items[item] = 0;
        return Task.CompletedTask;
    }

    public Task EndAsync(WorkItem item, CancellationToken cancel)
    {
        items.TryRemove(item, out _);
        return Task.CompletedTask;
    }

    public Task<ImmutableArray<WorkItem>> ListAsync(CancellationToken cancel) => Task.FromResult<ImmutableArray<WorkItem>>([.. items.Keys]);

    /// <summary>Whether a grain has work.</summary>
    public bool Has(string kind, string key) => items.ContainsKey(new WorkItem(kind, key));
}
