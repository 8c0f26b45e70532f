using Tomlyn.Serialization;

namespace NeetoDeploy.Builder.Lifecycle.Building;

/// <summary><c>launch.toml</c>: what one buildpack adds to the image besides layers.</summary>
internal sealed class LaunchToml
{
    public List<LabelToml> Labels { get; set; } = [];

    public List<ProcessToml> Processes { get; set; } = [];

    public List<SliceToml> Slices { get; set; } = [];
}

internal sealed class LabelToml
{
    public string Key { get; set; } = "";

    public string Value { get; set; } = "";
}

internal sealed class ProcessToml
{
    public string Type { get; set; } = "";

    /// <summary>A list since buildpack API 0.9; before, a string.</summary>
    [TomlSingleOrArray]
    public List<string> Command { get; set; } = [];

    public List<string> Args { get; set; } = [];

    /// <summary>Only before buildpack API 0.9; since then every process runs without a shell.</summary>
    public bool? Direct { get; set; }

    public bool Default { get; set; }

    public string? WorkingDir { get; set; }

    /// <summary>Execution environments; empty: all.</summary>
    public List<string> ExecEnv { get; set; } = [];
}

/// <summary>Paths of the app, as patterns, that become a layer of their own.</summary>
internal sealed class SliceToml
{
    public List<string> Paths { get; set; } = [];
}

/// <summary><c>build.toml</c>: plan entries that a buildpack passes on to the next provider.</summary>
internal sealed class BuildToml
{
    public List<UnmetToml> Unmet { get; set; } = [];
}

internal sealed class UnmetToml
{
    public string Name { get; set; } = "";
}
