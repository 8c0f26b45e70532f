using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using NeetoDeploy.Bench.Deploys;
using NeetoDeploy.Bench.Installations;

namespace NeetoDeploy.Bench.Builds;

/// <summary>What builds that need all processors do to each other, and to an app that answers requests meanwhile.</summary>
internal static partial class Neighbours
{
    private const int Builders = 3;

    /// <summary>A build of fixed work that keeps one processor busy for seconds.</summary>
    private static readonly Dictionary<string, string> Busy = new()
    {
        ["package.json"] = """
            { "name": "busy", "version": "1.0.0", "engines": { "node": "24.x" },
              "scripts": { "build": "node work.js", "start": "node server.js" } }
            """,
        ["work.js"] = "let x = 1; for (let i = 0; i < 4e9; i++) x = (x * 31 + i) | 0; console.log(x);",
        ["server.js"] = "require('http').createServer((q, a) => a.end('busy')).listen(process.env.PORT);",
    };

    public static async Task MeasureAsync(RunningInstallation installation, HttpClient api, CancellationToken cancel)
    {
        var sources = new List<PushedSource>();
        try
        {
            for (var i = 0; i < Builders; i++)
            {
                sources.Add(await BuildBench.CreateAsync(installation, api, $"bench-busy-{i}", Busy, cancel));
                await sources[i].CommitAsync("first", cancel);
                await BuildBench.BuildAsync(sources[i], cancel);
            }
            var alone = Median.Of([
                await TimeAsync(sources[..1], cancel),
                await TimeAsync(sources[..1], cancel),
                await TimeAsync(sources[..1], cancel),
            ]);
            var together = Median.Of([
                await TimeAsync(sources[..2], cancel),
                await TimeAsync(sources[..2], cancel),
                await TimeAsync(sources[..2], cancel),
            ]);
            BuildBench.Say(
                $"two builds at once on {Environment.ProcessorCount} processors: {together / alone:0.00} x the time of one alone ({alone:0.00} s)"
            );

            var idle = await LatencyAsync(installation, cancel);
            var building = TimeAsync(sources, cancel);
            var during = await LatencyAsync(installation, cancel);
            await building;
            BuildBench.Say($"p99 of a running app while {Builders} builds run: {during / idle:0.0} x its idle {idle:0.0} ms (goal 2)");
        }
        finally
        {
            foreach (var source in sources)
                source.Dispose();
        }
    }

    /// <summary>Seconds until the last of the builds, started together, is on the engine.</summary>
    private static async Task<double> TimeAsync(IReadOnlyList<PushedSource> sources, CancellationToken cancel)
    {
        foreach (var source in sources)
            await source.AppendAsync("server.js", "// again\n", cancel);
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(sources.Select(source => BuildBench.BuildAsync(source, cancel)));
        return watch.Elapsed.TotalSeconds;
    }

    /// <summary>The 99th percentile in milliseconds of four seconds of requests over eight connections.</summary>
    private static async Task<double> LatencyAsync(RunningInstallation installation, CancellationToken cancel)
    {
        var output = await Tool.RunAsync(
            [
                "wrk",
                "-t1",
                "-c8",
                "-d4s",
                "--latency",
                "-H",
                "Host: bench-express.localhost",
                $"http://127.0.0.1:{installation.RouterPort}/",
            ],
            "/",
            new Dictionary<string, string>(),
            cancel
        );
        var found = Percentile().Match(output);
        var value = double.Parse(found.Groups[1].Value, CultureInfo.InvariantCulture);
        return found.Groups[2].Value switch
        {
            "us" => value / 1000,
            "s" => value * 1000,
            _ => value,
        };
    }

    [GeneratedRegex(@"99%\s+([0-9.]+)(us|ms|s)")]
    private static partial Regex Percentile();
}
