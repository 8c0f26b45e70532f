using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Logs;
using NeetoDeploy.Grains.Interfaces;

namespace NeetoDeploy.Grains.Apps;

/// <summary>Writes the control plane's own lines (<c>app[api]: Release v3 created by user …</c>) into an app's log, in order, without keeping the writer waiting.</summary>
public sealed class AppLog(IGrainFactory grains, AppId app, TimeProvider time, ILogger log)
{
    private Task last = Task.CompletedTask;

    /// <summary>Appends lines that the platform says on behalf of a user.</summary>
    public void Say(params ReadOnlySpan<string> texts)
    {
        var now = time.GetUtcNow();
        var entries = ImmutableArray.CreateBuilder<LogEntry>(texts.Length);
        foreach (var text in texts)
            entries.Add(new LogEntry(now, LogEntry.App, LogEntry.Api, text));
        last = AppendAfterAsync(last, entries.DrainToImmutable());
    }

    private async Task AppendAfterAsync(Task before, ImmutableArray<LogEntry> entries)
    {
        await before;
        try
        {
            await grains.Logs(app).AppendAsync(entries);
        }
        catch (Exception e)
        {
            log.LogWarning(e, "{Count} lines of {App} did not reach its log", entries.Length, app);
        }
    }
}
