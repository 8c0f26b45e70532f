using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Logs;
using NeetoDeploy.Grains.Interfaces;

namespace NeetoDeploy.Grains.Logs;

/// <summary>Writes the platform's own lines into an app's log. A log that cannot be written never holds up the work that it tells of.</summary>
public sealed class PlatformLog(IGrainFactory grains, TimeProvider time, ILogger<PlatformLog> log)
{
    /// <summary>Lines as <c>heroku[process]</c>.</summary>
    public Task WriteAsync(AppId app, string process, params ImmutableArray<string> lines) =>
        WriteAsync(app, LogEntry.Platform, process, lines);

    /// <summary>A user's action, as <c>app[api]</c>.</summary>
    public Task WriteActionAsync(AppId app, string line) => WriteAsync(app, LogEntry.App, LogEntry.Api, [line]);

    private async Task WriteAsync(AppId app, string source, string process, ImmutableArray<string> lines)
    {
        if (lines.IsEmpty)
            return;
        try
        {
            var now = time.GetUtcNow();
            await grains.Logs(app).AppendAsync([.. lines.Select(line => new LogEntry(now, source, process, line))]);
        }
        catch (Exception e)
        {
            log.LogWarning(e, "Lines of {App} for {Process} could not be written", app, process);
        }
    }
}
