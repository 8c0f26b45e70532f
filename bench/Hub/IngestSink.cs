using System.Net.Http.Headers;
using NeetoDeploy.Bench.Installations;
using NeetoDeploy.Bench.Logs;

namespace NeetoDeploy.Bench.Hub;

/// <summary>Brings lines as Fluent Bit does, in bodies of JSON lines, a body an app.</summary>
internal sealed class IngestSink(RunningInstallation installation, IReadOnlyList<Guid> apps) : ILineSink
{
    /// <summary>A collector that is behind does not send all in one body, either: the relay takes only so much.</summary>
    private const int MostOfABody = 1_000;

    private readonly HttpClient http = installation.NewCollector();
    private readonly string id = installation.Id;
    private int turn;

    public async Task SendAsync(int lines, CancellationToken cancel)
    {
        for (; lines > 0; lines -= MostOfABody)
            await SendBodyAsync(Math.Min(lines, MostOfABody), cancel);
    }

    private async Task SendBodyAsync(int lines, CancellationToken cancel)
    {
        using var content = new ByteArrayContent(FluentBitBody.Json(id, apps[turn++ % apps.Count], lines))
        {
            Headers = { ContentType = new MediaTypeHeaderValue("application/x-ndjson") },
        };
        using var answer = await http.PostAsync("/ingest", content, cancel);
        answer.EnsureSuccessStatusCode();
    }

    public void Dispose() => http.Dispose();
}
