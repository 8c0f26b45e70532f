using System.Collections.Immutable;

namespace NeetoDeploy.Grains.Storage;

/// <summary>
/// Grains with work under way. When a silo starts, and when another one dies, the supervisor pokes each of them, so that nothing waits for a
/// reminder's next minute.
/// </summary>
public interface IUnfinishedWork
{
    /// <summary>Notes that a grain has work; repeating it is harmless.</summary>
    Task BeginAsync(WorkItem item, CancellationToken cancel);

    Task EndAsync(WorkItem item, CancellationToken cancel);

    Task<ImmutableArray<WorkItem>> ListAsync(CancellationToken cancel);
}

/// <summary>A grain that can be asked to reconcile.</summary>
/// <param name="Kind">The noun: <c>app</c>, <c>build</c>, <c>releases</c>, <c>formation</c>, <c>dyno</c>, <c>run</c>.</param>
/// <param name="Key">The grain's key.</param>
public sealed record WorkItem(string Kind, string Key);
