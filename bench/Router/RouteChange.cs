using System.Diagnostics;
using System.Net;
using NeetoDeploy.Core.Routing;

namespace NeetoDeploy.Bench.Router;

/// <summary>From the moment the control plane publishes a route to the first answer that follows it.</summary>
internal static class RouteChange
{
    private const int Changes = 51;

    public static async Task MeasureAsync(RouteFeed feed, AppRoute route, int port, CancellationToken cancel)
    {
        using var client = new HttpClient
        {
            BaseAddress = new Uri($"http://127.0.0.1:{port}"),
            DefaultRequestHeaders = { Host = route.Hosts[0] },
        };
        var closed = route with { State = RouteState.Maintenance, Targets = [] };
        List<double> milliseconds = [];
        for (var i = 0; i < Changes; i++)
        {
            var (next, expected) = i % 2 == 0 ? (closed, HttpStatusCode.ServiceUnavailable) : (route, HttpStatusCode.OK);
            var watch = Stopwatch.StartNew();
            feed.Publish(next);
            while (true)
            {
                using var answer = await client.GetAsync("/", cancel);
                if (answer.StatusCode == expected)
                    break;
            }

            milliseconds.Add(watch.Elapsed.TotalMilliseconds);
        }

        milliseconds.Sort();
        Console.WriteLine(
            $"  a changed route is in effect after {milliseconds[Changes / 2]:0.0} ms, at most {milliseconds[^1]:0.0} ms   (goal: under 50 ms; {Changes} changes)"
        );
    }
}
