using System.Diagnostics;
using System.Globalization;

namespace NeetoDeploy.Bench.Router;

/// <summary>Loads a server with keep-alive connections that ask for random hosts.</summary>
internal sealed record Wrk(string Script, int Seconds)
{
    private const int Connections = 64;

    /// <summary>Every request is made before the measurement, so that both servers get the same load for the same work.</summary>
    public static async Task<Wrk> CreateAsync(string folder, IReadOnlyList<string> hosts, int seconds, CancellationToken cancel)
    {
        var script = Path.Combine(folder, $"load-{hosts.Count}.lua");
        await File.WriteAllTextAsync(
            script,
            $$"""
            local requests = {}
            local count = {{hosts.Count}}
            function init(args)
              for i = 0, count - 1 do requests[i + 1] = wrk.format("GET", "/", { ["Host"] = "app-" .. i .. ".localhost" }) end
              math.randomseed(1)
            end
            function request() return requests[math.random(count)] end
            """,
            cancel
        );
        return new(script, seconds);
    }

    public async Task<WrkResult> RunAsync(int port, ChildProcess server, CancellationToken cancel)
    {
        var start = new ProcessStartInfo("wrk") { RedirectStandardOutput = true };
        foreach (
            var argument in (string[])["-t1", $"-c{Connections}", $"-d{Seconds}s", "--latency", "-s", Script, $"http://127.0.0.1:{port}/"]
        )
            start.ArgumentList.Add(argument);
        var before = server.ProcessorSeconds;
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        var used = server.ProcessorSeconds - before;
        if (output.Contains("Non-2xx", StringComparison.Ordinal) || output.Contains("Socket errors", StringComparison.Ordinal))
            throw new InvalidOperationException($"Requests failed:\n{output}");
        var requests = double.Parse(Word(output, "requests in", -1), CultureInfo.InvariantCulture);
        return new(
            double.Parse(Word(output, "Requests/sec:", 1), CultureInfo.InvariantCulture),
            used * 1e6 / requests,
            Word(output, "99%", 1)
        );
    }

    /// <summary>The word before (-1) or after (1) the label.</summary>
    private static string Word(string output, string label, int side)
    {
        var at = output.IndexOf(label, StringComparison.Ordinal);
        if (at < 0)
            throw new InvalidOperationException($"wrk did not print '{label}':\n{output}");
        return side > 0
            ? output[(at + label.Length)..].Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries)[0]
            : output[..at].Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries)[^1];
    }
}

/// <param name="Microseconds">Processor time of the measured server for one request; says more than the rate on a busy machine.</param>
internal sealed record WrkResult(double RequestsPerSecond, double Microseconds, string P99);
