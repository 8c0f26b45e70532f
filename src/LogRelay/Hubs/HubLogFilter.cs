using MessagePack;
using NeetoDeploy.Core.Logs;

namespace NeetoDeploy.LogRelay.Hubs;

/// <summary>Which lines a reader wants; a null part matches everything.</summary>
/// <param name="Process">A dyno (<c>web.1</c>), or a process type (<c>web</c>) for all of its dynos.</param>
/// <param name="Source"><c>app</c> or <c>heroku</c>.</param>
[MessagePackObject]
public sealed record HubLogFilter([property: Key(0)] string? Process, [property: Key(1)] string? Source)
{
    internal LogFilter ToFilter() => new(Process, Source);
}
