using System.Globalization;

namespace NeetoDeploy.Core.Logs;

/// <summary>Bounds how many lines an app's dynos may write; it counts what it refuses. Not for use by several threads at once.</summary>
/// <param name="now">When the bucket is full.</param>
public sealed class LogThrottle(DateTimeOffset now)
{
    /// <summary>Lines a second, over time.</summary>
    public const int Rate = 2_000;

    /// <summary>Lines at once.</summary>
    public const int Burst = 10_000;

    private double tokens = Burst;
    private DateTimeOffset filled = now;
    private DateTimeOffset droppingSince;

    /// <summary>Lines refused since the last <see cref="TakeNotice"/>.</summary>
    public int Dropped { get; private set; }

    /// <summary>Whether one more line may pass.</summary>
    public bool Admit(DateTimeOffset at)
    {
        if (at > filled)
        {
            tokens = Math.Min(Burst, tokens + (at - filled).TotalSeconds * Rate);
            filled = at;
        }
        if (tokens >= 1)
        {
            tokens--;
            return true;
        }
        if (Dropped++ == 0)
            droppingSince = at;
        return false;
    }

    /// <summary>A line for the log that says how many were refused; null when none was.</summary>
    public string? TakeNotice()
    {
        if (Dropped == 0)
            return null;
        var notice = string.Create(
            CultureInfo.InvariantCulture,
            $"Error L10 (output buffer overflow): {Dropped} messages dropped since {droppingSince.UtcDateTime:yyyy-MM-ddTHH:mm:ss.ffffff}+00:00."
        );
        Dropped = 0;
        return notice;
    }
}
