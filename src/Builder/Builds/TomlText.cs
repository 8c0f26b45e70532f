using System.Text.Json.Nodes;
using Tomlyn;
using Tomlyn.Model;

namespace NeetoDeploy.Builder.Builds;

/// <summary>Reads TOML that buildpacks wrote, which may have any shape: what is not as expected is taken for absent.</summary>
internal static class TomlText
{
    /// <summary>Throws <see cref="FormatException"/> when it is no TOML.</summary>
    public static TomlTable Parse(string? text)
    {
        try
        {
            return string.IsNullOrWhiteSpace(text) ? [] : TomlSerializer.Deserialize<TomlTable>(text) ?? [];
        }
        catch (TomlException e)
        {
            throw new FormatException(e.Message, e);
        }
    }

    public static TomlTable Table(TomlTable table, string key) =>
        table.TryGetValue(key, out var value) && value is TomlTable inner ? inner : [];

    public static IEnumerable<TomlTable> Tables(TomlTable table, string key) =>
        table.TryGetValue(key, out var value) && value is IEnumerable<object?> list ? list.OfType<TomlTable>() : [];

    public static string String(TomlTable table, string key) => table.TryGetValue(key, out var value) && value is string text ? text : "";

    public static bool Flag(TomlTable table, string key) => table.TryGetValue(key, out var value) && value is true;

    /// <summary>A list of strings, or a single one.</summary>
    public static IReadOnlyList<string> Strings(TomlTable table, string key) =>
        !table.TryGetValue(key, out var value)
            ? []
            : value switch
            {
                string one => [one],
                IEnumerable<object?> list => [.. list.OfType<string>()],
                _ => [],
            };

    public static JsonNode? ToJson(object? value) =>
        value switch
        {
            TomlTable table => new JsonObject(table.Select(p => KeyValuePair.Create(p.Key, ToJson(p.Value)))),
            string text => JsonValue.Create(text),
            bool flag => JsonValue.Create(flag),
            long number => JsonValue.Create(number),
            double number => JsonValue.Create(number),
            IEnumerable<object?> list => new JsonArray([.. list.Select(ToJson)]),
            null => null,
            _ => JsonValue.Create(Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)),
        };
}
