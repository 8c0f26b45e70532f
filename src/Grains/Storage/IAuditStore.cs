using System.Collections.Immutable;
using NeetoDeploy.Grains.Interfaces.Audit;

namespace NeetoDeploy.Grains.Storage;

/// <summary>The audit log. Entries are added and, when they are old, removed; nothing changes one.</summary>
public interface IAuditStore
{
    /// <summary>Adds an entry, and forgets those from before <paramref name="keepFrom"/>.</summary>
    Task AppendAsync(AuditEntry entry, DateTimeOffset keepFrom, CancellationToken cancel);

    /// <summary>Newest first.</summary>
    Task<ImmutableArray<AuditEntry>> ReadAsync(AuditQuery query, CancellationToken cancel);
}
