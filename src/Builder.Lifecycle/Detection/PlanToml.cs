using Tomlyn.Model;

namespace NeetoDeploy.Builder.Lifecycle.Detection;

/// <summary>What a buildpack's <c>bin/detect</c> writes: what it provides and requires, and alternatives to that.</summary>
internal sealed class BuildPlanToml
{
    public List<ProvideToml> Provides { get; set; } = [];

    public List<RequireToml> Requires { get; set; } = [];

    public List<PlanAlternativeToml> Or { get; set; } = [];

    /// <summary>Whether a requirement names its version as it was done before buildpack API 0.3.</summary>
    public bool HasBareVersion => Requires.Concat(Or.SelectMany(o => o.Requires)).Any(r => r.Version is { Length: > 0 });
}

internal sealed class PlanAlternativeToml
{
    public List<ProvideToml> Provides { get; set; } = [];

    public List<RequireToml> Requires { get; set; } = [];
}

internal sealed class ProvideToml
{
    public string Name { get; set; } = "";
}

internal sealed class RequireToml
{
    public string Name { get; set; } = "";

    /// <summary>Not supported; see <see cref="BuildPlanToml.HasBareVersion"/>.</summary>
    public string? Version { get; set; }

    public TomlTable? Metadata { get; set; }

    public TomlTable ToTable() => Metadata is null ? new() { ["name"] = Name } : new() { ["name"] = Name, ["metadata"] = Metadata };
}

/// <summary><c>plan.toml</c>: who provides what, and what was required of it.</summary>
internal sealed class PlanToml
{
    public List<PlanEntryToml> Entries { get; set; } = [];

    public TomlTable ToTable() => new() { ["entries"] = Tables.Of(Entries, e => e.ToTable()) };
}

internal sealed class PlanEntryToml
{
    public List<PlanProviderToml> Providers { get; set; } = [];

    public List<RequireToml> Requires { get; set; } = [];

    public TomlTable ToTable() =>
        new()
        {
            ["providers"] = Tables.Of(Providers, p => new() { ["id"] = p.Id, ["version"] = p.Version }),
            ["requires"] = Tables.Of(Requires, r => r.ToTable()),
        };
}

internal sealed class PlanProviderToml
{
    public string Id { get; set; } = "";

    public string Version { get; set; } = "";
}

/// <summary>The plan as one buildpack's <c>bin/build</c> reads it.</summary>
internal sealed class BuildpackPlanToml
{
    public List<RequireToml> Entries { get; set; } = [];

    public TomlTable ToTable() => new() { ["entries"] = Tables.Of(Entries, e => e.ToTable()) };
}

file static class Tables
{
    public static TomlTableArray Of<T>(IEnumerable<T> items, Func<T, TomlTable> table)
    {
        var tables = new TomlTableArray();
        foreach (var item in items)
            tables.Add(table(item));
        return tables;
    }
}
