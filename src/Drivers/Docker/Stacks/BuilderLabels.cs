using System.Text.Json;
using System.Text.Json.Nodes;
using NeetoDeploy.Drivers.Abstractions;

namespace NeetoDeploy.Drivers.Docker.Stacks;

/// <summary>What a builder's label <c>io.buildpacks.builder.metadata</c> says, in the form that <c>pack builder create</c> writes.</summary>
/// <param name="RunImage">The image that it is made for; null when it names none.</param>
/// <param name="PlatformApi">The version of the buildpacks platform specification to speak to its lifecycle in.</param>
/// <param name="Buildpacks">Versions of each buildpack that it has, the newest last, by id.</param>
internal sealed record BuilderLabels(string? RunImage, string PlatformApi, IReadOnlyDictionary<string, IReadOnlyList<string>> Buildpacks)
{
    public const string Name = "io.buildpacks.builder.metadata";

    /// <summary>Since 0.12 a lifecycle finds its images in a folder, so that it needs no registry.</summary>
    private static readonly Version OldestApi = new(0, 12);

    private static readonly Version NewestApi = new(0, 15);

    /// <param name="image">For messages.</param>
    /// <exception cref="DriverException">The image is no builder, or none that can be used.</exception>
    public static BuilderLabels Parse(string? label, string image)
    {
        try
        {
            var root = JsonNode.Parse(label ?? throw Wrong($"the image {image} is no builder: it has no label {Name}"))?.AsObject() ?? [];
            var apis = root["lifecycle"]?["apis"]?["platform"];
            var spoken = Words(apis?["supported"])
                .Concat(Words(apis?["deprecated"]))
                .Select(text => Version.TryParse(text, out var version) ? version : new Version(0, 0))
                .Where(version => version >= OldestApi && version <= NewestApi)
                .Max();
            return spoken is null
                ? throw Wrong(
                    $"the lifecycle of the builder {image} speaks none of the platform APIs {OldestApi} to {NewestApi}, which it needs to build without a registry: take a newer builder"
                )
                : new(RunImageOf(root), spoken.ToString(2), BuildpacksOf(root));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw Wrong($"the label {Name} of the image {image} cannot be read: {e.Message}", e);
        }
    }

    private static string? RunImageOf(JsonObject root) =>
        (root["images"] as JsonArray)?.FirstOrDefault()?["image"]?.GetValue<string>()
        ?? root["stack"]?["runImage"]?["image"]?.GetValue<string>();

    private static Dictionary<string, IReadOnlyList<string>> BuildpacksOf(JsonObject root) =>
        (root["buildpacks"] as JsonArray ?? [])
            .Select(entry => (Id: entry?["id"]?.GetValue<string>() ?? "", Version: entry?["version"]?.GetValue<string>() ?? ""))
            .Where(buildpack => buildpack.Id.Length > 0)
            .GroupBy(buildpack => buildpack.Id)
            .ToDictionary(
                versions => versions.Key,
                IReadOnlyList<string> (versions) =>
                    [.. versions.Select(b => b.Version).OrderBy(v => Version.TryParse(v, out var version) ? version : new Version(0, 0))]
            );

    private static IEnumerable<string> Words(JsonNode? list) => (list as JsonArray ?? []).Select(word => word?.GetValue<string>() ?? "");

    private static DriverException Wrong(string message, Exception? cause = null) =>
        new(DriverErrorKind.Invalid, "stack.no_builder", $"{message}.", cause);
}
