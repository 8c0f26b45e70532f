using System.Text;
using System.Threading.Channels;
using NeetoDeploy.Core.Logs;
using NeetoDeploy.Drivers.Abstractions.Dynos;
using NeetoDeploy.Grains.Interfaces;

namespace NeetoDeploy.Grains.Dynos;

/// <summary>Stores a single line at once when little is written, and hundreds together when much is.</summary>
public sealed partial class DynoOutputFollower
{
    private async Task StoreAllAsync(DynoKey key, OutputId? copyTo, ChannelReader<DynoOutputLine> lines, CancellationToken cancel)
    {
        var batch = new List<DynoOutputLine>();
        var offset = 0L;
        var stored = time.GetTimestamp() - (long)(options.Value.Gathering.TotalSeconds * time.TimestampFrequency);
        while (await lines.WaitToReadAsync(cancel))
        {
            if (lines.Count < MostLinesAtOnce && options.Value.Gathering - time.GetElapsedTime(stored) is { Ticks: > 0 } rest)
                await Task.Delay(rest, time, cancel);
            while (batch.Count < MostLinesAtOnce && lines.TryRead(out var line))
                batch.Add(line);
            if (copyTo is { } output)
                offset += await CopyAsync(key, output, offset, batch, cancel);
            await AppendAsync(key, batch, cancel);
            stored = time.GetTimestamp();
            batch.Clear();
        }
    }

    private Task AppendAsync(DynoKey key, List<DynoOutputLine> batch, CancellationToken cancel) =>
        RetryAsync(
            async () =>
            {
                await grains
                    .Logs(key.App)
                    .AppendOutputAsync([.. batch.Select(line => new LogEntry(line.Time, LogEntry.App, key.Name.ToString(), line.Text))]);
                return true;
            },
            key,
            cancel
        );

    private async Task<int> CopyAsync(DynoKey key, OutputId output, long offset, List<DynoOutputLine> batch, CancellationToken cancel)
    {
        var bytes = Encoding.UTF8.GetBytes(string.Concat(batch.Select(line => line.Text + "\n")));
        await RetryAsync(
            async () =>
            {
                await grains.Output(output).AppendAtAsync(offset, bytes);
                return true;
            },
            key,
            cancel
        );
        return bytes.Length;
    }
}
