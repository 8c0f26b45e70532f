using NeetoDeploy.Grains.Audit;

namespace NeetoDeploy.Grains.Formations;

/// <summary>What the audit log compares.</summary>
public sealed partial class FormationGrain : IAudited
{
    IEnumerable<AuditFact> IAudited.Facts() =>
        state.Value.Rows.Select(row => new AuditFact(row.Type.ToString(), $"{row.Quantity} × {row.Size.Name}"));
}
