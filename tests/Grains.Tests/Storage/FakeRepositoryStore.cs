using System.Collections.Concurrent;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Grains.Storage;

namespace NeetoDeploy.Grains.Tests.Storage;

/// <summary>Remembers whose repositories were removed.</summary>
public sealed class FakeRepositoryStore : IRepositoryStore
{
    public ConcurrentQueue<AppId> Removed { get; } = [];

    public Task RemoveAsync(AppId app, CancellationToken cancel)
    {
        Removed.Enqueue(app);
        return Task.CompletedTask;
    }
}
