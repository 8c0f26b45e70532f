using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using NeetoDeploy.Bench.Installations;

namespace NeetoDeploy.Bench.ControlPlane;

/// <summary>Idle memory after start, apps created a second, and a page of 200 apps of 5,000.</summary>
internal static class ControlPlaneBench
{
    private const int Clients = 8;
    private const int FewApps = 1_000;
    private const int ManyApps = 5_000;
    private const int Pages = 50;

    public static async Task<int> RunAsync(CancellationToken cancel)
    {
        await using var installation = await RunningInstallation.StartAsync(Checkout.Root, cancel);
        using var api = installation.NewApi();
        var (silo, router) = (installation.MemoryOf("silo"), installation.MemoryOf("router"));
        Console.WriteLine(
            $"idle after start: silo {silo >> 20} MB + router {router >> 20} MB = {(silo + router) >> 20} MB resident (goal 350)"
        );

        Print("apps created a second, the first 1,000 (goal 50)", await CreateAsync(api, 0, FewApps, cancel));
        Print("apps created a second, up to 5,000", await CreateAsync(api, FewApps, ManyApps, cancel));
        var times = new List<double>();
        for (var i = 0; i < Pages; i++)
            times.Add(await PageAsync(api, cancel));
        times.Sort();
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"GET /apps, 200 of {ManyApps}: median {times[Pages / 2]:0.0} ms, slowest of {Pages} {times[^1]:0.0} ms (goal 50)"
            )
        );
        Console.WriteLine(
            $"with {ManyApps} apps: silo {installation.MemoryOf("silo") >> 20} MB, router {installation.MemoryOf("router") >> 20} MB resident"
        );
        return 0;
    }

    private static async Task<double> CreateAsync(HttpClient api, int from, int to, CancellationToken cancel)
    {
        var next = from;
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(
            Enumerable
                .Range(0, Clients)
                .Select(async _ =>
                {
                    while (Interlocked.Increment(ref next) is var number && number <= to)
                        (await api.PostAsJsonAsync("/apps", new { name = $"bench-{number}" }, cancel)).EnsureSuccessStatusCode();
                })
        );
        return (to - from) / watch.Elapsed.TotalSeconds;
    }

    private static async Task<double> PageAsync(HttpClient api, CancellationToken cancel)
    {
        var watch = Stopwatch.StartNew();
        using var answer = await api.GetAsync(new Uri("/apps", UriKind.Relative), cancel);
        await answer.Content.ReadAsByteArrayAsync(cancel);
        return watch.Elapsed.TotalMilliseconds;
    }

    private static void Print(string what, double rate) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {rate:0}"));
}
