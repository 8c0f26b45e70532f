using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using NeetoDeploy.Bench.Installations;
using NeetoDeploy.Core.Dynos;

namespace NeetoDeploy.Bench.Hub;

/// <summary>Brings lines as Fluent Bit does, in bodies of JSON lines, taking turns among apps.</summary>
internal sealed class IngestSink : ILineSink
{
    private static readonly string Filling = new('x', SteadyLines.Bytes);

    private readonly HttpClient http;
    private readonly string[] pods;
    private int turn;

    public IngestSink(RunningInstallation installation, IReadOnlyList<Guid> apps)
    {
        http = new HttpClient
        {
            BaseAddress = new Uri($"http://127.0.0.1:{installation.ApiPort}"),
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", installation.IngestToken) },
        };
        var id = installation.Id;
        pods = [.. apps.Select(app => Pod(id, app))];
    }

    public async Task SendAsync(int lines, CancellationToken cancel)
    {
        var body = new StringBuilder();
        for (var i = 0; i < lines; i++)
        {
            var time = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture);
            body.Append("{\"log\":\"")
                .Append(Filling)
                .Append("\",\"time\":\"")
                .Append(time)
                .Append("\",\"kubernetes\":")
                .Append(pods[turn++ % pods.Length])
                .Append("}\n");
        }
        using var content = new StringContent(body.ToString(), Encoding.UTF8, "application/x-ndjson");
        using var answer = await http.PostAsync("/ingest", content, cancel);
        answer.EnsureSuccessStatusCode();
    }

    public void Dispose() => http.Dispose();

    /// <summary>As the kubernetes filter describes it.</summary>
    private static string Pod(string installation, Guid app) =>
        JsonSerializer.Serialize(
            new
            {
                docker_id = app.ToString("N"),
                labels = new Dictionary<string, string>
                {
                    [DynoLabels.Installation] = installation,
                    [DynoLabels.App] = app.ToString(),
                    [DynoLabels.Dyno] = "web.1",
                },
            }
        );
}
