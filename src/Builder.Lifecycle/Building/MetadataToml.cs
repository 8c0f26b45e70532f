using NeetoDeploy.Builder.Lifecycle.Detection;

namespace NeetoDeploy.Builder.Lifecycle.Building;

/// <summary><c>config/metadata.toml</c>: what exporter and launcher need to know.</summary>
internal sealed class MetadataToml
{
    public string BuildpackDefaultProcessType { get; set; } = "";

    public List<GroupBuildpack> Buildpacks { get; set; } = [];

    public List<MetadataProcess> Processes { get; set; } = [];

    public List<LabelToml> Labels { get; set; } = [];

    public List<SliceToml> Slices { get; set; } = [];
}

/// <summary>A process type as the launcher reads it.</summary>
internal sealed class MetadataProcess
{
    public string Type { get; set; } = "";

    public List<string> Command { get; set; } = [];

    public List<string> Args { get; set; } = [];

    public bool Direct { get; set; }

    public string? WorkingDir { get; set; }

    public string BuildpackId { get; set; } = "";

    /// <summary>Execution environments that it may be started in; <c>*</c> is all.</summary>
    public List<string> ExecEnv { get; set; } = [];
}
