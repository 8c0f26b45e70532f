using System.Collections.Immutable;

namespace NeetoDeploy.Core.Dynos;

/// <summary>The times in a dyno's life. The limits are Heroku's.</summary>
public static class DynoTimings
{
    /// <summary>A web dyno must listen within this time (R10).</summary>
    public static readonly TimeSpan BootLimit = TimeSpan.FromSeconds(60);

    /// <summary>How long requests in flight may take after their dyno has left the routes.</summary>
    public static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(30);

    /// <summary>Between SIGTERM and SIGKILL (R12).</summary>
    public static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(30);

    /// <summary>How long the end of an exited dyno's output is waited for before its container goes.</summary>
    public static readonly TimeSpan OutputLimit = TimeSpan.FromSeconds(10);

    /// <summary>A dyno that was up for so long starts its count of crashes anew.</summary>
    public static readonly TimeSpan Forgiven = TimeSpan.FromMinutes(10);

    private static readonly ImmutableArray<TimeSpan> CrashPauses =
    [
        TimeSpan.Zero,
        TimeSpan.FromSeconds(1),
        TimeSpan.FromSeconds(10),
        TimeSpan.FromMinutes(1),
        TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(10),
    ];

    /// <summary>How long to wait after the n-th crash in a row (from 1): at first not at all.</summary>
    public static TimeSpan PauseAfter(int crashes) => CrashPauses[Math.Clamp(crashes, 1, CrashPauses.Length) - 1];
}
