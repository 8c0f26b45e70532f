using System.Text.Json.Serialization;
using Tomlyn;
using Tomlyn.Serialization;

namespace NeetoDeploy.Builder.Launcher;

/// <summary>What the build left for launching, in <c>&lt;layers&gt;/config/metadata.toml</c>.</summary>
internal sealed class LaunchMetadata
{
    public List<LaunchBuildpack> Buildpacks { get; set; } = [];

    public List<LaunchProcess> Processes { get; set; } = [];

    public string BuildpackDefaultProcessType { get; set; } = "";

    public static LaunchMetadata Load(string path)
    {
        if (!File.Exists(path))
            throw new LaunchException($"the image has no {path}: it was not made by a buildpack lifecycle");
        try
        {
            return TomlSerializer.Deserialize(File.ReadAllText(path), LaunchToml.Default.LaunchMetadata) ?? new();
        }
        catch (TomlException broken)
        {
            throw new LaunchException($"{path} is broken: {broken.Message}", broken);
        }
    }
}

/// <summary>A buildpack that took part, in the order in which they ran.</summary>
internal sealed class LaunchBuildpack
{
    public string Id { get; set; } = "";

    /// <summary>The version of the buildpack API that its layers follow.</summary>
    public string Api { get; set; } = "";
}

/// <summary>A process type.</summary>
internal sealed class LaunchProcess
{
    public string Type { get; set; } = "";

    [TomlSingleOrArray]
    public List<string> Command { get; set; } = [];

    public List<string> Args { get; set; } = [];

    /// <summary>Without a shell.</summary>
    public bool Direct { get; set; }

    public string WorkingDir { get; set; } = "";

    public string BuildpackId { get; set; } = "";

    /// <summary>Execution environments that it may be started in; empty, or with a <c>*</c>: all.</summary>
    public List<string> ExecEnv { get; set; } = [];

    public bool IsFor(string environment) => ExecEnv.Count == 0 || ExecEnv.Contains("*") || ExecEnv.Contains(environment);
}

[TomlSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.KebabCaseLower)]
[TomlSerializable(typeof(LaunchMetadata))]
[TomlSerializable(typeof(Dictionary<string, string>), TypeInfoPropertyName = "Variables")]
internal sealed partial class LaunchToml : TomlSerializerContext;
