namespace NeetoDeploy.Dashboard.Layout;

/// <summary>Spans of time as people say them.</summary>
public static class Durations
{
    /// <summary>Such as <c>just now</c>, <c>5 min ago</c>, <c>3 days ago</c>.</summary>
    public static string Ago(TimeSpan span) =>
        span.TotalSeconds < 45 ? "just now"
        : span.TotalMinutes < 60 ? $"{Math.Max(1, span.TotalMinutes):0} min ago"
        : span.TotalHours < 24 ? $"{span.TotalHours:0} h ago"
        : $"{span.TotalDays:0} {(span.TotalDays < 1.5 ? "day" : "days")} ago";

    /// <summary>Such as <c>0.3 s</c>, <c>12 s</c>, <c>2 min 5 s</c>.</summary>
    public static string Took(TimeSpan span) =>
        span.TotalSeconds < 10 ? $"{span.TotalSeconds:0.0} s"
        : span.TotalSeconds < 60 ? $"{span.TotalSeconds:0} s"
        : $"{(int)span.TotalMinutes} min {span.Seconds} s";
}
