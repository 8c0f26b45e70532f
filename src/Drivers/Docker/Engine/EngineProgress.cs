using System.Runtime.CompilerServices;
using System.Text.Json;

namespace NeetoDeploy.Drivers.Docker.Engine;

/// <summary>The progress of a pull or push: JSON objects, one a line, of which the last may tell a failure.</summary>
internal sealed class EngineProgress(Stream stream, Func<Exception, Exception> translate) : IAsyncDisposable
{
    private readonly StreamReader reader = new(stream);

    /// <summary>Each report's status, to the end of the work.</summary>
    /// <exception cref="Abstractions.DriverException">The engine reports a failure.</exception>
    public async IAsyncEnumerable<string> ReadAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        while (await ReadLineAsync(cancel) is { } line)
        {
            if (line.Length == 0)
                continue;
            using var report = JsonDocument.Parse(line);
            if (Text(report, "error") is { Length: > 0 } failure)
                throw EngineErrors.OfProgress(failure);
            if (Text(report, "status") is { } status)
                yield return status;
        }
    }

    public ValueTask DisposeAsync()
    {
        reader.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<string?> ReadLineAsync(CancellationToken cancel)
    {
        try
        {
            return await reader.ReadLineAsync(cancel);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            throw translate(e);
        }
    }

    private static string? Text(JsonDocument report, string name) =>
        report.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
