using System.Collections.Concurrent;
using System.Text;

namespace NeetoDeploy.EndToEnd.Tests.Harness;

/// <summary>Looks at the arguments of all processes of this machine, again and again, for a text that must not be there.</summary>
public sealed class ArgumentWatch : IAsyncDisposable
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(50);

    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentQueue<string> sightings = new();
    private readonly Task watching;

    public ArgumentWatch(string text) => watching = Task.Run(() => WatchAsync(Encoding.UTF8.GetBytes(text)));

    /// <summary>The command lines that had the text.</summary>
    public async Task<IReadOnlyCollection<string>> StopAsync()
    {
        await stop.CancelAsync();
        await watching;
        return sightings;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        stop.Dispose();
    }

    private async Task WatchAsync(byte[] text)
    {
        using var timer = new PeriodicTimer(Between);
        while (!stop.IsCancellationRequested)
        {
            foreach (var process in Directory.EnumerateDirectories("/proc").Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0])))
                Look(Path.Combine(process, "cmdline"), text);
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    private void Look(string file, byte[] text)
    {
        try
        {
            var line = File.ReadAllBytes(file);
            if (line.AsSpan().IndexOf(text) >= 0)
                sightings.Enqueue(Encoding.UTF8.GetString(line).Replace('\0', ' '));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The process has ended meanwhile.
        }
    }
}
