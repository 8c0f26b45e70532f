using System.Globalization;

namespace NeetoDeploy.Cli.Output;

/// <summary>Times for people.</summary>
internal static class When
{
    /// <summary><c>2026-01-31 12:00:00</c>, local time.</summary>
    public static string Local(DateTimeOffset time) => time.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
