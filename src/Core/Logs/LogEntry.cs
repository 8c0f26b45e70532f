namespace NeetoDeploy.Core.Logs;

/// <summary>A line before the app's stream has numbered it.</summary>
/// <param name="Time">When it was written (UTC).</param>
/// <param name="Source"><c>app</c> for what the app or a user's action wrote, <c>heroku</c> for the platform.</param>
/// <param name="Process">The dyno (<c>web.1</c>), or <c>api</c>, <c>router</c>, <c>build</c>, <c>release</c>.</param>
/// <param name="Text">The line without its newline. Escape sequences are kept as they came and are never trusted.</param>
[GenerateSerializer, Immutable, Alias("neeto.LogEntry")]
public sealed record LogEntry(
    [property: Id(0)] DateTimeOffset Time,
    [property: Id(1)] string Source,
    [property: Id(2)] string Process,
    [property: Id(3)] string Text
)
{
    public const string App = "app";
    public const string Platform = "heroku";
    public const string Api = "api";
    public const string Router = "router";
    public const string Build = "build";
}
