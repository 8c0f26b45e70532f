using System.Buffers;
using System.Collections.Immutable;
using System.IO.Pipelines;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json;
using NeetoDeploy.Core.Metrics;
using NeetoDeploy.Core.Routing;

namespace NeetoDeploy.Router.ControlPlane;

/// <summary>The four calls of the protocol between routers and the control plane, see <see cref="RouteMessage"/>. Failures are <see cref="HttpRequestException"/>, <see cref="IOException"/> or <see cref="JsonException"/>.</summary>
internal sealed class ControlPlaneClient : IDisposable
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(10);

    private readonly HttpClient http;
    private readonly RouterOptions options;

    public ControlPlaneClient(RouterOptions options, string token)
    {
        this.options = options;
        http = new HttpClient(
            new SocketsHttpHandler
            {
                UseProxy = false,
                UseCookies = false,
                ConnectTimeout = TimeSpan.FromSeconds(2),
            }
        )
        {
            BaseAddress = options.ApiUrl,
            Timeout = Timeout.InfiniteTimeSpan,
        };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>The messages of one connection; ends with it, and with an <see cref="IOException"/> after a silence.</summary>
    public async IAsyncEnumerable<RouteMessage> FollowAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        using var response = await http.GetAsync("/internal/routes", HttpCompletionOption.ResponseHeadersRead, cancel);
        response.EnsureSuccessStatusCode();
        var reader = PipeReader.Create(
            await response.Content.ReadAsStreamAsync(cancel),
            new StreamPipeReaderOptions(bufferSize: 64 * 1024)
        );
        while (true)
        {
            var read = await ReadAsync(reader, cancel);

            // Off the socket's thread, on which requests wait: a table of thousands of apps takes a while to read.
            await Task.Yield();
            var buffer = read.Buffer;
            while (TryReadLine(ref buffer, out var line))
                if (Parse(line) is { } message)
                    yield return message;
            reader.AdvanceTo(buffer.Start, buffer.End);
            if (read.IsCompleted)
                yield break;
        }
    }

    public async Task ReportAsync(long version, ImmutableArray<string> draining, CancellationToken cancel)
    {
        var id = $"{Environment.MachineName}-{options.RouterPort}";
        var report = new RouterReport(id, version, draining);
        using var content = JsonContent.Create(report, RoutingJson.Default.RouterReport);
        await PostAsync($"/internal/routers/{Uri.EscapeDataString(id)}/report", content, cancel);
    }

    /// <param name="lines">A JSON array of <see cref="RoutedLogEntry"/>.</param>
    public async Task SendLinesAsync(ReadOnlyMemory<byte> lines, CancellationToken cancel)
    {
        using var content = new ReadOnlyMemoryContent(lines);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        await PostAsync("/internal/logs", content, cancel);
    }

    public async Task SendFiguresAsync(RoutedReport report, CancellationToken cancel)
    {
        using var content = JsonContent.Create(report, RoutingJson.Default.RoutedReport);
        await PostAsync("/internal/metrics", content, cancel);
    }

    public void Dispose() => http.Dispose();

    private async Task PostAsync(string path, HttpContent content, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(AnswerTimeout);
        using var response = await http.PostAsync(path, content, limit.Token);
        response.EnsureSuccessStatusCode();
    }

    private async ValueTask<ReadResult> ReadAsync(PipeReader reader, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(options.SilenceTimeout);
        try
        {
            return await reader.ReadAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new IOException($"the control plane has been silent for {options.SilenceTimeout.TotalSeconds} s");
        }
    }

    private static bool TryReadLine(ref ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> line)
    {
        var end = buffer.PositionOf((byte)'\n');
        line = end is null ? default : buffer.Slice(0, end.Value);
        if (end is null)
            return false;
        buffer = buffer.Slice(buffer.GetPosition(1, end.Value));
        return true;
    }

    private static RouteMessage? Parse(ReadOnlySequence<byte> line)
    {
        if (line.Length <= 1)
            return null;
        var reader = new Utf8JsonReader(line);
        return JsonSerializer.Deserialize(ref reader, RoutingJson.Default.RouteMessage);
    }
}
