using System.Diagnostics;

namespace NeetoDeploy.Bench.Builds;

/// <summary>
/// Requests to an app at a steady rate, far below what it can answer: each is sent when it is due, whether or not those before have been answered, and its
/// time counts from then.
/// </summary>
internal sealed class SteadyLoad(int port, string host) : IDisposable
{
    /// <summary>Requests a second.</summary>
    public const int Rate = 100;

    private readonly HttpClient client = new();

    /// <summary>Times in milliseconds.</summary>
    public sealed record Times(double Median, double P99, int Count);

    /// <summary>Measures for as long as something takes.</summary>
    public async Task<Times> MeasureAsync(Func<Task> meanwhile, CancellationToken cancel)
    {
        var done = meanwhile();
        var requests = new List<Task<double>>();
        var start = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        while (!done.IsCompleted)
        {
            await timer.WaitForNextTickAsync(cancel);
            var due = (int)(Stopwatch.GetElapsedTime(start).TotalSeconds * Rate);
            while (requests.Count < due)
                requests.Add(TimeAsync(start + (long)((requests.Count + 1) * (double)Stopwatch.Frequency / Rate), cancel));
        }
        await done;
        double[] times = [.. (await Task.WhenAll(requests)).Order()];
        return new(times[times.Length / 2], times[times.Length * 99 / 100], times.Length);
    }

    public void Dispose() => client.Dispose();

    private async Task<double> TimeAsync(long due, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{port}/") { Headers = { Host = host } };
        (await client.SendAsync(request, cancel)).EnsureSuccessStatusCode().Dispose();
        return Stopwatch.GetElapsedTime(due).TotalMilliseconds;
    }
}
