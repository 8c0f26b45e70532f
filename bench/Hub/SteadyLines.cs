using System.Diagnostics;

namespace NeetoDeploy.Bench.Hub;

/// <summary>Where lines go.</summary>
internal interface ILineSink : IDisposable
{
    /// <summary>Sends lines, and waits until the other side has taken them.</summary>
    Task SendAsync(int lines, CancellationToken cancel);
}

/// <summary>Lines at a steady rate.</summary>
internal static class SteadyLines
{
    /// <summary>Of each line.</summary>
    public const int Bytes = 150;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    /// <summary>Sends what is due, every 10 ms; what could not be sent in time is not made up for after the end.</summary>
    /// <returns>How many were sent.</returns>
    public static async Task<long> SendAsync(ILineSink sink, int rate, TimeSpan time, CancellationToken cancel)
    {
        var (watch, sent) = (Stopwatch.StartNew(), 0L);
        using var timer = new PeriodicTimer(Tick);
        while (watch.Elapsed < time && await timer.WaitForNextTickAsync(cancel))
        {
            var due = (int)((long)(rate * watch.Elapsed.TotalSeconds) - sent);
            if (due <= 0)
                continue;
            await sink.SendAsync(due, cancel);
            sent += due;
        }
        return sent;
    }

    /// <summary>Microseconds since 1970, now.</summary>
    public static long Now() => (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
