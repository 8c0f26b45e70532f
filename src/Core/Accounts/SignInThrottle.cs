namespace NeetoDeploy.Core.Accounts;

/// <summary>Slows down whoever guesses a password: five tries are free, then each wrong one doubles a pause, from one second to five minutes.</summary>
public sealed class SignInThrottle
{
    private const int FreeTries = 5;
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    private int failures;
    private DateTimeOffset blockedUntil;

    /// <summary>How long nobody is let in; zero when a try is allowed.</summary>
    public TimeSpan PauseAt(DateTimeOffset now) => blockedUntil > now ? blockedUntil - now : TimeSpan.Zero;

    public void Fail(DateTimeOffset now)
    {
        failures++;
        if (failures < FreeTries)
            return;
        var pause = TimeSpan.FromSeconds(Math.Pow(2, Math.Min(failures - FreeTries, 16)));
        blockedUntil = now + (pause < LongestPause ? pause : LongestPause);
    }

    public void Succeed() => (failures, blockedUntil) = (0, default);
}
