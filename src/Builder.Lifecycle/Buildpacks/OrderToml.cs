namespace NeetoDeploy.Builder.Lifecycle.Buildpacks;

/// <summary><c>order.toml</c>: groups of buildpacks, tried from the first.</summary>
internal sealed class OrderToml
{
    public List<OrderEntry> Order { get; set; } = [];
}

internal sealed class OrderEntry
{
    public List<OrderBuildpack> Group { get; set; } = [];
}

internal sealed class OrderBuildpack
{
    public string Id { get; set; } = "";

    /// <summary>Empty: the highest there is.</summary>
    public string Version { get; set; } = "";

    public bool Optional { get; set; }

    /// <summary>The buildpack as whoever chose it has named it; empty when nobody did.</summary>
    public string Source { get; set; } = "";

    /// <summary>Execution environments that it is in the group for; empty: all.</summary>
    public List<string> ExecEnv { get; set; } = [];
}
