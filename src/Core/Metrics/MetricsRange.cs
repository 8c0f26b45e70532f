namespace NeetoDeploy.Core.Metrics;

/// <summary>How far back somebody looks.</summary>
public enum MetricsRange
{
    /// <summary>An hour, by the minute.</summary>
    Hour,

    /// <summary>A day, by ten minutes.</summary>
    Day,

    /// <summary>Seven days, by the hour.</summary>
    Week,
}

/// <summary>What is kept of figures, and for how long.</summary>
public static class MetricsRanges
{
    /// <summary>Figures are stored in spans of both widths as they come.</summary>
    public static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public static readonly TimeSpan TenMinutes = TimeSpan.FromMinutes(10);

    /// <summary>How long spans of a stored width are kept.</summary>
    public static TimeSpan Kept(TimeSpan stored) => stored == Minute ? TimeSpan.FromHours(2) : TimeSpan.FromDays(8);

    /// <summary>The width that is stored, from which the range is read.</summary>
    public static TimeSpan Stored(this MetricsRange range) => range == MetricsRange.Hour ? Minute : TenMinutes;

    /// <summary>The width that is shown.</summary>
    public static TimeSpan Width(this MetricsRange range) =>
        range switch
        {
            MetricsRange.Hour => Minute,
            MetricsRange.Day => TenMinutes,
            _ => TimeSpan.FromHours(1),
        };

    /// <summary>How many spans are shown; the last is the one that has begun.</summary>
    public static int Count(this MetricsRange range) =>
        range switch
        {
            MetricsRange.Hour => 60,
            MetricsRange.Day => 144,
            _ => 168,
        };
}
