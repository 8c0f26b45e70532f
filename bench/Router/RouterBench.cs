using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Dynos;
using NeetoDeploy.Core.Releases;
using NeetoDeploy.Core.Routing;

namespace NeetoDeploy.Bench.Router;

/// <summary>Our router against nginx in front of the same app, in alternating turns, and how soon a changed route is in effect.</summary>
internal sealed class RouterBench : IAsyncDisposable
{
    /// <summary>Not counted: the runtime compiles what is hot a second and a third time.</summary>
    private const int WarmUpSeconds = 15;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("neeto-bench-");
    private readonly List<IAsyncDisposable> running = [];
    private readonly int upstreamPort = Ports.Free();

    public static async Task<int> RunAsync(string[] args, CancellationToken cancel)
    {
        var pairs = Setting(args, "--pairs", 5);
        var seconds = Setting(args, "--seconds", 5);
        Console.WriteLine($"router against nginx: keep-alive, 64 connections, 1 KB, logs on, {pairs} pairs of {seconds} s");
        foreach (var count in (int[])(Array.IndexOf(args, "--hosts") < 0 ? [1, 10_000] : [Setting(args, "--hosts", 1)]))
        {
            await using var bench = new RouterBench();
            await bench.CompareAsync(count, pairs, seconds, cancel);
        }

        return 0;
    }

    public async ValueTask DisposeAsync()
    {
        running.Reverse();
        foreach (var thing in running)
            await thing.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private async Task CompareAsync(int count, int pairs, int seconds, CancellationToken cancel)
    {
        var hosts = Enumerable.Range(0, count).Select(i => $"app-{i}.localhost").ToList();
        var upstream = new RouteTarget(DynoName.Parse("web.1"), ReleaseVersion.Parse("v1"), "127.0.0.1", upstreamPort);
        var routes = hosts
            .Select((host, i) => new AppRoute(new AppId(Guid.NewGuid()), AppName.Parse($"app-{i}"), RouteState.Serving, [host], [upstream]))
            .ToList();
        await StartNginxAsync("upstream", NginxConfig.Upstream(folder.FullName, upstreamPort), upstreamPort, cancel);
        var nginxPort = Ports.Free();
        var nginx = await StartNginxAsync("router", NginxConfig.Router(folder.FullName, nginxPort, upstreamPort, hosts), nginxPort, cancel);
        var feed = Own(new RouteFeed(routes));
        await feed.StartAsync(cancel);
        var routerPort = Ports.Free();
        var router = await StartRouterAsync(feed, routerPort, hosts[^1], cancel);

        var wrk = await Wrk.CreateAsync(folder.FullName, hosts, seconds, cancel);
        await wrk.RunAsync(nginxPort, nginx, cancel);
        await (wrk with { Seconds = WarmUpSeconds }).RunAsync(routerPort, router, cancel);
        List<WrkResult> theirs = [],
            ours = [];
        for (var i = 0; i < pairs; i++)
        {
            theirs.Add(await wrk.RunAsync(nginxPort, nginx, cancel));
            ours.Add(await wrk.RunAsync(routerPort, router, cancel));
        }

        Console.WriteLine($"\n{count} hosts");
        Print("nginx", theirs, nginx);
        Print("router", ours, router);
        var ratio = Median(ours.Zip(theirs, (our, their) => our.RequestsPerSecond / their.RequestsPerSecond));
        Console.WriteLine($"  router / nginx   {ratio:0.00}   (goal: at least 0.70)   router lines sent: {feed.LineBytes / 1_000_000} MB");
        await RouteChange.MeasureAsync(feed, routes[0], routerPort, cancel);
    }

    private async Task<ChildProcess> StartNginxAsync(string name, string config, int port, CancellationToken cancel)
    {
        var file = Path.Combine(folder.FullName, $"{name}.conf");
        await File.WriteAllTextAsync(file, config, cancel);
        var nginx = Own(new ChildProcess("/usr/sbin/nginx", ["-c", file, "-p", folder.FullName, "-e", "stderr"]));
        await Ports.WaitAsync(nginx, port, cancel);
        return nginx;
    }

    private async Task<ChildProcess> StartRouterAsync(RouteFeed feed, int port, string host, CancellationToken cancel)
    {
        var secrets = folder.CreateSubdirectory("secrets");
        await File.WriteAllTextAsync(Path.Combine(secrets.FullName, "router.token"), Guid.NewGuid().ToString(), cancel);
        var router = Own(
            new ChildProcess(
                "dotnet",
                [RouterAssembly()],
                new Dictionary<string, string>
                {
                    ["Neeto__InstallationId"] = "bench",
                    ["Neeto__DataDirectory"] = folder.FullName,
                    ["Neeto__RouterPort"] = $"{port}",
                    ["Neeto__ApiUrl"] = feed.Url,
                }
            )
        );
        await Ports.WaitAsync(router, port, cancel);
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), DefaultRequestHeaders = { Host = host } };
        while (!(await client.GetAsync("/", cancel)).IsSuccessStatusCode)
            await Task.Delay(20, cancel);
        return router;
    }

    /// <summary>Built beside this program: <c>artifacts/bin/NeetoDeploy.Router/release</c>.</summary>
    private static string RouterAssembly()
    {
        var built = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../NeetoDeploy.Router/release/NeetoDeploy.Router.dll"));
        return File.Exists(built)
            ? built
            : throw new FileNotFoundException("Build the router first: dotnet build -c Release src/Router", built);
    }

    private T Own<T>(T thing)
        where T : IAsyncDisposable
    {
        running.Add(thing);
        return thing;
    }

    private static void Print(string name, List<WrkResult> results, ChildProcess server) =>
        Console.WriteLine(
            $"  {name, -8} {Median(results.Select(r => r.RequestsPerSecond)), 8:0} requests/s   {Median(results.Select(r => r.Microseconds)), 5:0.0} µs CPU/request   "
                + $"p99 {results[results.Count / 2].P99}   {server.ResidentMegabytes:0} MB"
        );

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }

    private static int Setting(string[] args, string name, int otherwise)
    {
        var at = Array.IndexOf(args, name);
        return at < 0 ? otherwise : int.Parse(args[at + 1]);
    }
}
