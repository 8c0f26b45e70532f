using Tomlyn.Model;

namespace NeetoDeploy.Builder.Lifecycle.Buildpacks;

/// <summary><c>buildpack.toml</c>, as far as it matters here.</summary>
internal sealed class BuildpackToml
{
    public string Api { get; set; } = "";

    public BuildpackSection Buildpack { get; set; } = new();

    /// <summary>Not empty for a composite buildpack, which only stands for others.</summary>
    public List<OrderEntry> Order { get; set; } = [];

    public List<TargetToml> Targets { get; set; } = [];

    /// <summary>Deprecated; see <see cref="LegacyTargets"/>.</summary>
    public List<StackToml> Stacks { get; set; } = [];

    public TomlTable? Metadata { get; set; }
}

internal sealed class BuildpackSection
{
    public string Id { get; set; } = "";

    public string Version { get; set; } = "";

    public string Name { get; set; } = "";

    public string Homepage { get; set; } = "";

    /// <summary>The buildpack does not want config vars in its environment.</summary>
    public bool ClearEnv { get; set; }

    /// <summary>Media types of the bills of materials it writes.</summary>
    public List<string> SbomFormats { get; set; } = [];

    /// <summary>Execution environments: names, or tables with a name; see <see cref="Buildpack.ExecutionEnvironments"/>.</summary>
    public object? ExecEnv { get; set; }
}

internal sealed class StackToml
{
    public string Id { get; set; } = "";
}

/// <summary>A platform that a buildpack runs on; an empty part matches everything.</summary>
internal sealed class TargetToml
{
    public string Os { get; set; } = "";

    public string Arch { get; set; } = "";

    public string Variant { get; set; } = "";

    public List<DistroToml> Distros { get; set; } = [];
}

internal sealed class DistroToml
{
    public string Name { get; set; } = "";

    public string Version { get; set; } = "";
}
