using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using NeetoDeploy.Builder.Builds;
using NeetoDeploy.Builder.Sources;
using NeetoDeploy.Core.Formations;

namespace NeetoDeploy.Builder.Creators;

/// <summary>What an image's label <c>io.buildpacks.build.metadata</c> says that a lifecycle made (buildpacks platform specification, "Labels").</summary>
/// <param name="ProcessTypes">Command of each process type, as declared.</param>
/// <param name="Buildpacks">What built it, such as <c>heroku/nodejs 5.7.6</c>.</param>
internal sealed record CreatedApp(ImmutableSortedDictionary<string, string> ProcessTypes, ImmutableArray<string> Buildpacks)
{
    public const string Label = "io.buildpacks.build.metadata";

    /// <exception cref="FormatException">It cannot be used.</exception>
    public static CreatedApp Parse(string? label)
    {
        try
        {
            var root = JsonNode.Parse(label ?? throw new FormatException($"it has no label {Label}"))?.AsObject() ?? [];
            var types = ImmutableSortedDictionary.CreateBuilder<string, string>();
            foreach (var process in root["processes"]?.AsArray() ?? [])
                types[TypeOf(process!)] = Declared(process!);
            var buildpacks = (root["buildpacks"]?.AsArray() ?? []).Select(b => SourcePath.Show($"{Text(b?["id"])} {Text(b?["version"])}"));
            return new(types.ToImmutable(), [.. buildpacks]);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new FormatException($"its label {Label} cannot be read: {e.Message}", e);
        }
    }

    private static string TypeOf(JsonNode process) =>
        Text(process["type"]) is var type && ProcessType.TryParse(type, null, out _)
            ? type
            : throw new FormatException($"'{SourcePath.Show(Text(process["type"]))}' cannot name a process type");

    private static string Declared(JsonNode process) =>
        new BuiltApp.Process("", Words(process["command"]), Words(process["args"]), IsDirect: true, "", "", []).Declared;

    /// <summary>Before platform API 0.10 a command is one word, not a list.</summary>
    private static string[] Words(JsonNode? node) =>
        node switch
        {
            null => [],
            JsonArray words => [.. words.Select(Text)],
            _ => [Text(node)],
        };

    private static string Text(JsonNode? node) => node?.GetValue<string>() ?? "";
}
