using System.Buffers;
using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using MessagePack;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.LogRelay.Tests.Host;

namespace NeetoDeploy.LogRelay.Tests.Ingest;

/// <summary>Sends what Fluent Bit sends: records of the cri parser with what its kubernetes filter adds.</summary>
internal sealed class Collector(RelayFixture relay) : IDisposable
{
    public const string Container = "3f29c0de00000001aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

    private static readonly DateTimeOffset Begin = new(2026, 11, 23, 6, 10, 53, TimeSpan.Zero);

    private readonly HttpClient http = new() { BaseAddress = new Uri(relay.Url) };

    /// <summary>A record, as JSON.</summary>
    /// <param name="nanosecond">Of the second in which all these records were written.</param>
    public static string Record(
        AppId app,
        string log,
        int nanosecond = 0,
        string dyno = "web.1",
        string mark = "F",
        string installation = RelayFixture.Installation
    ) =>
        JsonSerializer.Serialize(
            new Dictionary<string, object>
            {
                ["ts"] = Begin.ToUnixTimeMilliseconds(),
                ["time"] = $"{Begin:yyyy-MM-ddTHH:mm:ss}.{nanosecond:d9}Z",
                ["stream"] = "stdout",
                ["_p"] = mark,
                ["log"] = log,
                ["kubernetes"] = new Dictionary<string, object>
                {
                    ["pod_name"] = "web-1",
                    ["labels"] = new Dictionary<string, string>
                    {
                        ["neetodeploy.installation"] = installation,
                        ["neetodeploy.app"] = app.ToString(),
                        ["neetodeploy.dyno"] = dyno,
                    },
                    ["docker_id"] = Container,
                },
            }
        );

    public static string Array(params IEnumerable<string> records) => $"[{string.Join(',', records)}]";

    /// <summary>Events as Fluent Bit has them in its chunks: <c>[[time, {}], record]</c>.</summary>
    public static byte[] Events(params IEnumerable<string> records)
    {
        var bytes = new ArrayBufferWriter<byte>();
        foreach (var record in records)
        {
            var writer = new MessagePackWriter(bytes);
            writer.WriteArrayHeader(2);
            writer.WriteArrayHeader(2);
            writer.WriteExtensionFormat(new ExtensionResult(0, new byte[] { 0x69, 0x23, 0xb1, 0x4d, 0, 0, 0, 9 }));
            writer.WriteMapHeader(0);
            writer.WriteRaw(MessagePackSerializer.ConvertFromJson(record));
            writer.Flush();
        }
        return bytes.WrittenSpan.ToArray();
    }

    public static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(bytes);
        return packed.ToArray();
    }

    public Task<HttpResponseMessage> SendAsync(string body, string type = "application/json") =>
        SendAsync(Encoding.UTF8.GetBytes(body), type);

    public Task<HttpResponseMessage> SendAsync(byte[] body, string type, string? encoding = null, string token = RelayFixture.IngestToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/ingest") { Content = new ByteArrayContent(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
        if (encoding is not null)
            request.Content.Headers.ContentEncoding.Add(encoding);
        return http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public void Dispose() => http.Dispose();
}
