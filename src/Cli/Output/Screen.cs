using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Spectre.Console;

namespace NeetoDeploy.Cli.Output;

/// <summary>Where a command writes: results to standard output, everything else to standard error. Colours only on a terminal.</summary>
internal sealed class Screen(TextWriter output, TextWriter error, bool isTerminal, bool isErrorTerminal)
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true };

    public TextWriter Output { get; } = output;

    /// <summary>Whether a person watches standard output.</summary>
    public bool IsTerminal { get; } = isTerminal;

    public void Line(string text) => Output.WriteLine(text);

    /// <summary>A remark that is no result.</summary>
    public void Note(string text) => error.WriteLine(text);

    public void Failure(string message, string? advice)
    {
        error.WriteLine(isErrorTerminal ? $"\e[31mError:\e[0m {message}" : $"Error: {message}");
        if (advice is not null)
            error.WriteLine(advice);
    }

    public void Json<T>(T value, JsonTypeInfo<T> shape)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Indented))
            JsonSerializer.Serialize(writer, value, shape);
        Output.WriteLine(Encoding.UTF8.GetString(buffer.ToArray()));
    }

    /// <summary>Columns as wide as their widest cell, two spaces apart.</summary>
    public void Table(IReadOnlyList<string> headings, IReadOnlyList<string[]> rows)
    {
        var widths = headings.Select((heading, i) => rows.Select(row => row[i].Length).Append(heading.Length).Max()).ToArray();
        Output.WriteLine(Dim(Row(headings, widths)));
        foreach (var row in rows)
            Output.WriteLine(Row(row, widths));
    }

    /// <summary>Runs long work behind a spinner on a terminal, and after a line elsewhere.</summary>
    public async Task<T> WorkAsync<T>(string what, Func<Task<T>> work)
    {
        if (isErrorTerminal)
        {
            var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(error) });
            return await console.Status().StartAsync(Markup.Escape(what), _ => work());
        }
        Note($"{what}…");
        return await work();
    }

    public string Dim(string text) => IsTerminal ? $"\e[2m{text}\e[0m" : text;

    public string Green(string text) => IsTerminal ? $"\e[32m{text}\e[0m" : text;

    public string Red(string text) => IsTerminal ? $"\e[31m{text}\e[0m" : text;

    private static string Row(IReadOnlyList<string> cells, int[] widths) =>
        string.Join("  ", cells.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd();
}
