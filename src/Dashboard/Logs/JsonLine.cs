using System.Globalization;
using System.Text;
using System.Text.Json;

namespace NeetoDeploy.Dashboard.Logs;

/// <summary>A line that is a JSON object, as programs with structured logs write them: what people want to read of it, and all of its members.</summary>
/// <param name="Level">Such as <c>warn</c>; null when it says none.</param>
/// <param name="Message">Its message; without one, its members in a row.</param>
/// <param name="Members">Names, those of inner objects with a dot, and values; at most <see cref="MostMembers"/>.</param>
public sealed record JsonLine(string? Level, string Message, IReadOnlyList<(string Name, string Value)> Members)
{
    public const int MostMembers = 200;
    private const int LongestRow = 400;

    private static readonly string[] LevelNames = ["level", "severity", "lvl", "log.level", "@l"];
    private static readonly string[] MessageNames = ["message", "msg", "@m", "event", "error", "@mt"];

    /// <summary>Null when the line is none, or too deep.</summary>
    public static JsonLine? TryRead(string line)
    {
        var text = line.AsSpan().Trim();
        if (text.Length < 2 || text[0] != '{' || text[^1] != '}')
            return null;
        try
        {
            using var document = JsonDocument.Parse(line);
            var members = new List<(string, string)>();
            Collect(document.RootElement, "", members);
            return members.Count == 0 ? null : Of(members);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not JSON, or half a character such as \ud800 in it.
            return null;
        }
    }

    private static JsonLine Of(List<(string Name, string Value)> members) =>
        new(Find(members, LevelNames) is { } level ? Word(level) : null, Find(members, MessageNames) ?? Row(members), members);

    private static void Collect(JsonElement of, string prefix, List<(string, string)> members)
    {
        foreach (var member in of.EnumerateObject())
        {
            if (members.Count == MostMembers)
                return;
            if (member.Value.ValueKind == JsonValueKind.Object)
                Collect(member.Value, $"{prefix}{member.Name}.", members);
            else
                members.Add((prefix + member.Name, Text(member.Value)));
        }
    }

    private static string Text(JsonElement value) =>
        (value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText()).Replace('\n', '⏎');

    private static string? Find(List<(string Name, string Value)> members, string[] names) =>
        names
            .Select(name => members.Find(member => member.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value)
            .FirstOrDefault(value => !string.IsNullOrEmpty(value));

    /// <summary>Numbers are those of pino and bunyan.</summary>
    private static string Word(string level) =>
        int.TryParse(level, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number switch
            {
                < 20 => "trace",
                < 30 => "debug",
                < 40 => "info",
                < 50 => "warn",
                < 60 => "error",
                _ => "fatal",
            }
            : level.ToLowerInvariant();

    private static string Row(List<(string Name, string Value)> members)
    {
        var row = new StringBuilder();
        foreach (var (name, value) in members)
        {
            if (row.Length > LongestRow)
                return row.Append(" …").ToString();
            row.Append(row.Length > 0 ? " " : "").Append(name).Append('=').Append(value);
        }
        return row.ToString();
    }
}
