using System.Text.Json;
using Tomlyn.Model;

namespace NeetoDeploy.Builder.Lifecycle.Restoration;

/// <summary>Turns a label's JSON back into the TOML that a buildpack once wrote.</summary>
internal static class JsonAsToml
{
    /// <summary>The table; null for anything that is no object.</summary>
    public static TomlTable? Table(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
            return null;
        var table = new TomlTable();
        foreach (var property in json.EnumerateObject())
        {
            if (Value(property.Value) is { } value)
                table[property.Name] = value;
        }
        return table;
    }

    /// <summary>Null stays null.</summary>
    public static object? Value(JsonElement json) =>
        json.ValueKind switch
        {
            JsonValueKind.Object => Table(json),
            JsonValueKind.Array => Array(json),
            JsonValueKind.String => json.GetString(),
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            // Not of one type: a whole number stays one.
            JsonValueKind.Number when json.TryGetInt64(out var number) => number,
            JsonValueKind.Number => json.GetDouble(),
            _ => null,
        };

    private static TomlArray Array(JsonElement json)
    {
        var array = new TomlArray();
        foreach (var item in json.EnumerateArray())
            array.Add(Value(item));
        return array;
    }
}
