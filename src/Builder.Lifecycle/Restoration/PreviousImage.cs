using System.Text.Json;
using System.Text.Json.Serialization;
using Tomlyn.Model;

namespace NeetoDeploy.Builder.Lifecycle.Restoration;

/// <summary>
/// The layers of the app's last image, as its label <c>io.buildpacks.lifecycle.metadata</c> tells. The build agent leaves the label's value as
/// <c>&lt;layers&gt;/previous-metadata.json</c>; without it there is no previous image.
/// </summary>
internal sealed class PreviousImage
{
    public List<PreviousBuildpack> Buildpacks { get; set; } = [];

    /// <summary>What it was built for; null in images from before there was a choice.</summary>
    [JsonPropertyName("exec-env")]
    public string? ExecEnv { get; set; }

    public static PreviousImage Load(string layers)
    {
        var path = Path.Combine(layers, "previous-metadata.json");
        if (!File.Exists(path))
            return new();
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(path), PreviousImageJson.Default.PreviousImage) ?? new();
        }
        catch (JsonException broken)
        {
            throw new LifecycleException(ExitCodes.Restore, $"{path} is broken: {broken.Message}", broken);
        }
    }

    public PreviousLayer? Find(string buildpack, string layer) => Buildpacks.Find(b => b.Key == buildpack)?.Layers.GetValueOrDefault(layer);

    public IReadOnlyCollection<string> LayersOf(string buildpack) =>
        Buildpacks.Find(b => b.Key == buildpack)?.Layers.Keys.Where(IsName).ToList() ?? [];

    // The label came from a build, and what it says becomes a path.
    private static bool IsName(string name) => name is not ("" or "." or "..") && !name.Contains('/');

    /// <summary>What a buildpack stored.</summary>
    public TomlTable? Store(string buildpack) =>
        Buildpacks.Find(b => b.Key == buildpack)?.Store is { ValueKind: JsonValueKind.Object } store
        && store.TryGetProperty("metadata", out var metadata)
            ? JsonAsToml.Table(metadata)
            : null;
}

internal sealed class PreviousBuildpack
{
    public string Key { get; set; } = "";

    public Dictionary<string, PreviousLayer> Layers { get; set; } = [];

    /// <summary>What <c>store.toml</c> had.</summary>
    public JsonElement? Store { get; set; }
}

/// <summary>A layer of the image.</summary>
internal sealed class PreviousLayer
{
    public string Sha { get; set; } = "";

    public bool Launch { get; set; }

    public bool Build { get; set; }

    public bool Cache { get; set; }

    /// <summary>The <c>metadata</c> table of the layer's file.</summary>
    public JsonElement Data { get; set; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PreviousImage))]
internal sealed partial class PreviousImageJson : JsonSerializerContext;
