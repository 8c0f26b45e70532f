using NeetoDeploy.Grains.Audit;

namespace NeetoDeploy.Grains.Releases;

/// <summary>What the audit log compares.</summary>
public sealed partial class ReleaseLedgerGrain : IAudited
{
    IEnumerable<AuditFact> IAudited.Facts() =>
        state.Value.Releases.IsEmpty
            ? []
            : Vars(state.Value)
                .Select(var => new AuditFact($"config var {var.Key}", var.Value, IsSecret: true))
                .Prepend(new AuditFact("newest release", state.Value.Releases[^1].Version.ToString()));
}
