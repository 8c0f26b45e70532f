using System.Diagnostics;
using NeetoDeploy.Bench.Deploys;
using NeetoDeploy.Bench.Installations;

namespace NeetoDeploy.Bench.Builds;

/// <summary>What builds that need all processors do to each other, and to an app that answers requests meanwhile.</summary>
internal static class Neighbours
{
    private const string Served = "bench-served";
    private const int Builders = 3;
    private const string Short = "4e8\n";
    private const string Long = "2e9\n";

    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Idling = TimeSpan.FromSeconds(10);

    /// <summary>A build that keeps one processor busy for as many turns of a loop as the last line of a file says: seconds.</summary>
    private static readonly Dictionary<string, string> Busy = new()
    {
        ["package.json"] = """
            { "name": "busy", "version": "1.0.0", "engines": { "node": "24.x" },
              "scripts": { "build": "node work.js", "start": "node server.js" } }
            """,
        ["work.txt"] = Short,
        ["work.js"] = """
            const turns = Number(require('fs').readFileSync('work.txt', 'utf8').trim().split('\n').pop());
            let x = 1; for (let i = 0; i < turns; i++) x = (x * 31 + i) | 0; console.log(x);
            """,
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
                await TimeAsync(sources[..1], Short, cancel),
                await TimeAsync(sources[..1], Short, cancel),
                await TimeAsync(sources[..1], Short, cancel),
            ]);
            var together = Median.Of([
                await TimeAsync(sources[..2], Short, cancel),
                await TimeAsync(sources[..2], Short, cancel),
                await TimeAsync(sources[..2], Short, cancel),
            ]);
            BuildBench.Say(
                $"two builds at once on {Environment.ProcessorCount} processors: {together / alone:0.00} x the time of one alone ({alone:0.00} s)"
            );

            sources.Add(await BuildBench.CreateAsync(installation, api, Served, Checkout.Sample("express"), cancel));
            await sources[Builders].CommitAsync("first", cancel);
            await BuildBench.BuildAsync(sources[Builders], cancel);
            var load = new SteadyLoad(installation.RouterPort, $"{Served}.localhost");
            await load.MeasureAsync(() => Task.Delay(Settling, cancel), cancel);
            var idle = await load.MeasureAsync(() => Task.Delay(Idling, cancel), cancel);
            foreach (var work in new[] { Long, Short })
            {
                var during = await load.MeasureAsync(() => TimeAsync(sources[..Builders], work, cancel), cancel);
                BuildBench.Say(
                    $"an app at {SteadyClient.Rate} requests/s while {Builders} builds of {work.Trim()} turns run and are released: p99 {during.P99:0.0} ms, {during.P99 / idle.P99:0.0} x its idle {idle.P99:0.0} ms (goal 2); median {during.Median:0.0} and {idle.Median:0.0} ms; {during.Count} and {idle.Count} requests"
                );
            }
        }
        finally
        {
            foreach (var source in sources)
                source.Dispose();
        }
    }

    /// <summary>Seconds until the last of the builds, started together, is on the engine.</summary>
    private static async Task<double> TimeAsync(IReadOnlyList<PushedSource> sources, string work, CancellationToken cancel)
    {
        foreach (var source in sources)
            await source.AppendAsync("work.txt", work, cancel);
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(sources.Select(source => BuildBench.BuildAsync(source, cancel)));
        return watch.Elapsed.TotalSeconds;
    }
}
