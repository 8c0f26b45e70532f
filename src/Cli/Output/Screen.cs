using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Spectre.Console;

namespace NeetoDeploy.Cli.Output;

/// <summary>Where a command writes: results to standard output, everything else to standard error. Colours only on a terminal.</summary>
internal sealed class Screen(TextWriter output, TextWriter error, TimeZoneInfo zone)
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Screen Of(Surroundings around) =>
        new(around.Output, around.Error, around.Time.LocalTimeZone)
        {
            IsTerminal = around.IsOutputTerminal,
            HasColours = around.IsOutputTerminal && around.AllowsColours,
            IsErrorTerminal = around.IsErrorTerminal,
            HasErrorColours = around.IsErrorTerminal && around.AllowsColours,
        };

    public TextWriter Output { get; } = output;

    /// <summary>For people beside a result that programs read.</summary>
    public TextWriter Error { get; } = error;

    /// <summary>Whether a person watches standard output.</summary>
    public bool IsTerminal { get; init; }

    public bool HasColours { get; init; }

    public bool IsErrorTerminal { get; init; }

    public bool HasErrorColours { get; init; }

    public void Line(string text) => Output.WriteLine(text);

    /// <summary>A remark that is no result.</summary>
    public void Note(string text) => Error.WriteLine(text);

    public void Failure(string message, string? advice)
    {
        Error.WriteLine(
            HasErrorColours
                ? $"\e[31mError:\e[0m {ForeignText.Clean(message, keepColours: false)}"
                : $"Error: {ForeignText.Clean(message, keepColours: false)}"
        );
        if (advice is not null)
            Error.WriteLine(advice);
    }

    public void Json<T>(T value, JsonTypeInfo<T> shape)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Indented))
            JsonSerializer.Serialize(writer, value, shape);
        Output.WriteLine(Encoding.UTF8.GetString(buffer.ToArray()));
    }

    /// <summary>Columns as wide as their widest cell, two spaces apart. A row is one line, whatever its cells hold.</summary>
    public void Table(IReadOnlyList<string> headings, IReadOnlyList<string[]> rows)
    {
        string[][] clean = [.. rows.Select(row => row.Select(Cell).ToArray())];
        var widths = headings.Select((heading, i) => clean.Select(row => row[i].Length).Append(heading.Length).Max()).ToArray();
        Output.WriteLine(Dim(Row(headings, widths)));
        foreach (var row in clean)
            Output.WriteLine(Row(row, widths));
    }

    /// <summary>Runs long work behind a spinner on a terminal, and after a line elsewhere.</summary>
    public async Task<T> WorkAsync<T>(string what, Func<Task<T>> work)
    {
        if (HasErrorColours)
        {
            var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Error) });
            return await console.Status().StartAsync(Markup.Escape(what), _ => work());
        }
        Note($"{what}…");
        return await work();
    }

    /// <summary><c>2026-01-31 12:00:00</c>, local time.</summary>
    public string When(DateTimeOffset time) =>
        TimeZoneInfo.ConvertTime(time, zone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    public string Dim(string text) => HasColours ? $"\e[2m{text}\e[0m" : text;

    public string Green(string text) => HasColours ? $"\e[32m{text}\e[0m" : text;

    public string Red(string text) => HasColours ? $"\e[31m{text}\e[0m" : text;

    private static string Cell(string text) => ForeignText.Clean(text, keepColours: false).Replace('\n', ' ').Replace('\t', ' ');

    private static string Row(IReadOnlyList<string> cells, int[] widths) =>
        string.Join("  ", cells.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd();
}
