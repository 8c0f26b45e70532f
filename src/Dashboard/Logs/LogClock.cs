using System.Globalization;

namespace NeetoDeploy.Dashboard.Logs;

/// <summary>Says when a line was written, in one time zone.</summary>
/// <param name="Zone">The reader's, or UTC.</param>
public sealed record LogClock(TimeZoneInfo Zone)
{
    public static readonly LogClock Utc = new(TimeZoneInfo.Utc);

    /// <summary>A browser's zone. A server that does not know its name takes the offset that it has now.</summary>
    /// <param name="name">Such as <c>Europe/Zurich</c>.</param>
    /// <param name="minutes">East of Greenwich.</param>
    public static LogClock Of(string? name, int minutes) =>
        new(
            name is not null && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)
                ? zone
                : TimeZoneInfo.CreateCustomTimeZone("browser", TimeSpan.FromMinutes(Math.Clamp(minutes, -14 * 60, 14 * 60)), null, null)
        );

    /// <summary>The time to the millisecond; of another day than today, the day and the minute. Always 12 characters.</summary>
    public string Short(DateTimeOffset time, DateTimeOffset now)
    {
        var local = TimeZoneInfo.ConvertTime(time, Zone);
        var isToday = local.Date == TimeZoneInfo.ConvertTime(now, Zone).Date;
        return local.ToString(isToday ? "HH:mm:ss.fff" : "MMM dd HH:mm", CultureInfo.InvariantCulture);
    }

    /// <summary>All of it, such as <c>2026-11-29 02:10:00.123456 +01:00</c>.</summary>
    public string Exact(DateTimeOffset time) =>
        TimeZoneInfo.ConvertTime(time, Zone).ToString("yyyy-MM-dd HH:mm:ss.ffffff zzz", CultureInfo.InvariantCulture);
}
