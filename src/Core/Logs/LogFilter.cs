namespace NeetoDeploy.Core.Logs;

/// <summary>Which lines a reader wants; a null part matches everything.</summary>
/// <param name="Process">A dyno (<c>web.1</c>), or a process type (<c>web</c>) for all of its dynos.</param>
/// <param name="Source"><c>app</c> or <c>heroku</c>.</param>
[GenerateSerializer, Immutable, Alias("neeto.LogFilter")]
public sealed record LogFilter([property: Id(0)] string? Process, [property: Id(1)] string? Source)
{
    /// <summary>Everything.</summary>
    public static readonly LogFilter All = new(null, null);

    /// <summary>Whether a reader with this filter sees the line.</summary>
    public bool Matches(LogEntry entry) =>
        (Source is null || Source == entry.Source)
        && (
            Process is null
            || Process == entry.Process
            || (entry.Process.StartsWith(Process, StringComparison.Ordinal) && entry.Process[Process.Length] == '.')
        );
}
