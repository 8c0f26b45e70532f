using System.Collections.Immutable;
using NeetoDeploy.Grains.Interfaces.Audit;

namespace NeetoDeploy.Grains.Audit;

/// <summary>A grain that can say how it is, so that the audit log can tell what a change has changed.</summary>
internal interface IAudited
{
    /// <summary>All that people can change, as it is now.</summary>
    IEnumerable<AuditFact> Facts();
}

/// <summary>Something about a grain.</summary>
/// <param name="IsSecret">The value is compared and never told.</param>
internal readonly record struct AuditFact(string Name, string Value, bool IsSecret = false)
{
    private const string Masked = "•••";

    /// <summary>What differs, by name.</summary>
    public static ImmutableArray<AuditChange> Compare(IEnumerable<AuditFact> before, IEnumerable<AuditFact> after)
    {
        var (old, now) = (before.ToDictionary(fact => fact.Name), after.ToDictionary(fact => fact.Name));
        return
        [
            .. old
                .Keys.Union(now.Keys)
                .Order(StringComparer.Ordinal)
                .Select(name => (Name: name, Before: Find(old, name), After: Find(now, name)))
                .Where(pair => pair.Before?.Value != pair.After?.Value)
                .Select(pair => new AuditChange(pair.Name, pair.Before?.Shown, pair.After?.Shown)),
        ];
    }

    private string Shown => IsSecret ? Masked : Value;

    private static AuditFact? Find(Dictionary<string, AuditFact> facts, string name) => facts.TryGetValue(name, out var fact) ? fact : null;
}
