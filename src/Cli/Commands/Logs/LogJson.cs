using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace NeetoDeploy.Cli.Commands.Logs;

/// <summary>A log line as a JSON object a line: time, source, process, message.</summary>
internal static class LogJson
{
    private static readonly LogObjectJson Readable = new(
        new JsonSerializerOptions
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        }
    );

    /// <summary>Takes <c>TIME SOURCE[PROCESS]: MESSAGE</c>; a line of another form is all message.</summary>
    public static string Line(string line)
    {
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        var open = line.IndexOf('[', StringComparison.Ordinal);
        var close = line.IndexOf("]: ", StringComparison.Ordinal);
        var entry =
            space > 0 && open > space && close > open
                ? new LogObject(line[..space], line[(space + 1)..open], line[(open + 1)..close], line[(close + 3)..])
                : new LogObject(null, null, null, line);
        return JsonSerializer.Serialize(entry, Readable.LogObject);
    }
}

internal sealed record LogObject(string? Time, string? Source, string? Process, string Message);

[JsonSerializable(typeof(LogObject))]
internal sealed partial class LogObjectJson : JsonSerializerContext;
