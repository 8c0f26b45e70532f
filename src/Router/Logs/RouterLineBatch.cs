using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Logs;

namespace NeetoDeploy.Router.Logs;

/// <summary>The JSON array of <see cref="Core.Routing.RoutedLogEntry"/> that one request carries, written without a string per line.</summary>
internal sealed class RouterLineBatch : IDisposable
{
    private readonly ArrayBufferWriter<byte> json = new(64 * 1024);
    private readonly ArrayBufferWriter<byte> text = new(1024);
    private readonly Utf8JsonWriter writer;

    public RouterLineBatch()
    {
        writer = new(json, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
        writer.WriteStartArray();
    }

    public int Count { get; private set; }

    public void Add(RouterLine line)
    {
        text.ResetWrittenCount();
        RouterLineText.Write(text, line);
        Add(line.App, line.Time, text.WrittenSpan);
    }

    /// <summary>Says in the app's log that lines are missing.</summary>
    public void AddDropped(AppId app, int count, DateTimeOffset time)
    {
        text.ResetWrittenCount();
        text.Advance(
            System.Text.Encoding.ASCII.GetBytes(
                string.Create(CultureInfo.InvariantCulture, $"Error L12 (Local buffer overflow): {count} router lines dropped"),
                text.GetSpan(128)
            )
        );
        Add(app, time, text.WrittenSpan);
    }

    /// <summary>Ends the array; nothing can be added after it until <see cref="Clear"/>.</summary>
    public ReadOnlyMemory<byte> Finish()
    {
        writer.WriteEndArray();
        writer.Flush();
        return json.WrittenMemory;
    }

    public void Clear()
    {
        json.ResetWrittenCount();
        writer.Reset();
        writer.WriteStartArray();
        Count = 0;
    }

    public void Dispose() => writer.Dispose();

    private void Add(AppId app, DateTimeOffset time, ReadOnlySpan<byte> message)
    {
        writer.WriteStartObject();
        writer.WriteString("app"u8, app.Value);
        writer.WriteStartObject("entry"u8);
        writer.WriteString("time"u8, time);
        writer.WriteString("source"u8, LogEntry.Platform);
        writer.WriteString("process"u8, LogEntry.Router);
        writer.WriteString("text"u8, message);
        writer.WriteEndObject();
        writer.WriteEndObject();
        Count++;
    }
}
