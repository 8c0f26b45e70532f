using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace NeetoDeploy.Bench.Builds;

/// <summary>
/// Opens its connections, then sends requests until its input ends, and prints how long each took, in milliseconds, one a line. Each is sent when it is due, whether or not those before have
/// been answered, and its time counts from then. Every connection has a thread of its own that waits for nothing but its socket.
/// </summary>
internal static class SteadyClient
{
    public const string Command = "steady-client";

    /// <summary>Requests a second: far below what the app can answer.</summary>
    public const int Rate = 100;

    /// <summary>Its first line, once all connections are there and have been used.</summary>
    public const string Ready = "ready";

    private const int Connections = 32;
    private const int WarmUp = 20;

    /// <param name="port">The router's port on this machine.</param>
    /// <param name="host">The app's host name.</param>
    public static async Task<int> RunAsync(int port, string host, CancellationToken cancel)
    {
        using var done = new CancellationTokenSource();
        var times = new ConcurrentQueue<double>();
        var (start, sent) = (0L, 0);
        using var warm = new Barrier(
            Connections,
            _ =>
            {
                start = Stopwatch.GetTimestamp();
                Console.WriteLine(Ready);
            }
        );
        var threads = Enumerable.Range(0, Connections).Select(_ => new Thread(Send)).ToList();
        threads.ForEach(thread => thread.Start());
        await Console.In.ReadToEndAsync(cancel);
        await done.CancelAsync();
        threads.ForEach(thread => thread.Join());
        foreach (var time in times)
            Console.WriteLine(time.ToString("0.00", CultureInfo.InvariantCulture));
        return 0;

        void Send()
        {
            using var client = new HttpClient();
            for (var i = 0; i < WarmUp; i++)
                Ask(client);
            warm.SignalAndWait(cancel);
            while (true)
            {
                var due = TimeSpan.FromSeconds((double)Interlocked.Increment(ref sent) / Rate);
                if (due > Now() && done.Token.WaitHandle.WaitOne(due - Now()) || done.IsCancellationRequested)
                    return;
                var from = TimeSpan.FromTicks(Math.Min(due.Ticks, Now().Ticks));
                Ask(client);
                times.Enqueue((Now() - from).TotalMilliseconds);
            }
        }

        void Ask(HttpClient client)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{port}/") { Headers = { Host = host } };
            using var answer = client.Send(request, HttpCompletionOption.ResponseContentRead);
            answer.EnsureSuccessStatusCode();
        }

        TimeSpan Now() => Stopwatch.GetElapsedTime(start);
    }
}
