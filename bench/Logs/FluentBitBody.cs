using System.Buffers;
using System.Globalization;
using System.Text;
using MessagePack;
using NeetoDeploy.Core.Dynos;

namespace NeetoDeploy.Bench.Logs;

/// <summary>
/// Bodies as Fluent Bit's http output makes them of what its <c>cri</c> parser and its kubernetes filter bring (<c>plugins/filter_kubernetes</c> of
/// github.com/fluent/fluent-bit), with everything that the filter says of a pod.
/// </summary>
internal static class FluentBitBody
{
    /// <summary>Of each line.</summary>
    public const int LineBytes = 150;

    private static readonly string Line = new('x', LineBytes);

    /// <summary>JSON lines. Each has the time of its making, which tells it from all others.</summary>
    public static byte[] Json(string installation, Guid app, int lines)
    {
        var kubernetes = string.Join(
            ',',
            Pod(app)
                .Select(part => $"\"{part.Key}\":\"{part.Value}\"")
                .Append(
                    $"\"labels\":{{{string.Join(',', Labels(installation, app).Select(label => $"\"{label.Key}\":\"{label.Value}\""))}}}"
                )
        );
        var body = new StringBuilder();
        for (var i = 0; i < lines; i++)
            body.Append(
                CultureInfo.InvariantCulture,
                $"{{\"date\":0.5,\"time\":\"{Now()}\",\"stream\":\"stdout\",\"_p\":\"F\",\"log\":\"{Line}\",\"kubernetes\":{{{kubernetes}}}}}\n"
            );
        return Encoding.UTF8.GetBytes(body.ToString());
    }

    /// <summary>The same as MessagePack: records one after the other.</summary>
    public static byte[] MessagePack(string installation, Guid app, int lines)
    {
        var bytes = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(bytes);
        for (var i = 0; i < lines; i++)
        {
            writer.WriteMapHeader(6);
            writer.Write("date");
            writer.Write(0.5);
            WriteAll(ref writer, [new("time", Now()), new("stream", "stdout"), new("_p", "F"), new("log", Line)]);
            writer.Write("kubernetes");
            var pod = Pod(app);
            writer.WriteMapHeader(pod.Count + 1);
            WriteAll(ref writer, pod);
            writer.Write("labels");
            var labels = Labels(installation, app);
            writer.WriteMapHeader(labels.Count);
            WriteAll(ref writer, labels);
        }
        writer.Flush();
        return bytes.WrittenSpan.ToArray();
    }

    private static void WriteAll(ref MessagePackWriter writer, IEnumerable<KeyValuePair<string, string>> members)
    {
        foreach (var (name, value) in members)
        {
            writer.Write(name);
            writer.Write(value);
        }
    }

    private static string Now() => TimeProvider.System.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture);

    private static Dictionary<string, string> Pod(Guid app) =>
        new()
        {
            ["pod_name"] = $"dyno-{app:N}-web-1",
            ["namespace_name"] = "neeto",
            ["pod_id"] = app.ToString(),
            ["host"] = "node-1",
            ["container_name"] = "web",
            ["docker_id"] = $"{app:N}{app:N}",
            ["container_image"] = $"127.0.0.1:5100/{app}:latest",
        };

    private static Dictionary<string, string> Labels(string installation, Guid app) =>
        new()
        {
            [DynoLabels.Installation] = installation,
            [DynoLabels.App] = app.ToString(),
            [DynoLabels.Dyno] = "web.1",
        };
}
