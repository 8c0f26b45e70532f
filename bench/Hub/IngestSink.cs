using System.Net.Http.Headers;
using NeetoDeploy.Bench.Installations;
using NeetoDeploy.Bench.Logs;

namespace NeetoDeploy.Bench.Hub;

/// <summary>Brings lines as Fluent Bit does, in bodies of JSON lines, a body an app.</summary>
internal sealed class IngestSink(RunningInstallation installation, IReadOnlyList<Guid> apps) : ILineSink
{
    private readonly HttpClient http = installation.NewCollector();
    private readonly string id = installation.Id;
    private int turn;

    public async Task SendAsync(int lines, CancellationToken cancel)
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
