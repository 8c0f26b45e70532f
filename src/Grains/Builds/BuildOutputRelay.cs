using System.Collections.Immutable;
using System.Text;
using Microsoft.Extensions.Logging;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Logs;
using NeetoDeploy.Grains.Interfaces;

namespace NeetoDeploy.Grains.Builds;

/// <summary>Takes what a build says to its output stream, byte for byte, and line by line to the app's log. A build does not fail because nobody can hear it.</summary>
internal sealed class BuildOutputRelay(IGrainFactory grains, AppId app, OutputId output, TimeProvider time, ILogger log)
{
    private readonly Decoder decoder = Encoding.UTF8.GetDecoder();
    private readonly StringBuilder line = new();

    /// <summary>Says something of the platform's own: whole lines.</summary>
    public Task SayAsync(string text) => AppendAsync(Encoding.UTF8.GetBytes(text));

    public async Task AppendAsync(byte[] bytes)
    {
        try
        {
            await grains.Output(output).AppendAsync(bytes);
            var entries = Lines(bytes);
            if (!entries.IsEmpty)
                await grains.Logs(app).AppendAsync(entries);
        }
        catch (Exception e)
        {
            log.LogWarning(e, "{Count} bytes of build output {Output} were lost", bytes.Length, output);
        }
    }

    private ImmutableArray<LogEntry> Lines(byte[] bytes)
    {
        var now = time.GetUtcNow();
        var chars = new char[decoder.GetCharCount(bytes, flush: false)];
        decoder.GetChars(bytes, chars, flush: false);
        var entries = ImmutableArray.CreateBuilder<LogEntry>();
        foreach (var c in chars)
        {
            if (c != '\n')
            {
                line.Append(c);
                continue;
            }
            entries.Add(new LogEntry(now, LogEntry.App, LogEntry.Build, line.ToString().TrimEnd('\r')));
            line.Clear();
        }
        return entries.ToImmutable();
    }
}
