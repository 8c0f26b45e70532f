namespace NeetoDeploy.Bench.Hub;

/// <summary>The readers of a measurement, all in one process, whose work is not the server's.</summary>
internal static class Readers
{
    public const string Command = "hub-readers";
    public const string OfHub = "hub";
    public const string OfNchan = "nchan";

    /// <summary>The variable that has the hub's token.</summary>
    public const string Token = "TOKEN";

    /// <summary>Reads until its input ends; then a second more, for what is on its way, or until it has what is expected.</summary>
    /// <param name="kind"><see cref="OfHub"/> or <see cref="OfNchan"/>.</param>
    /// <param name="url">Of the hub, or of nchan's subscriptions without the channel.</param>
    /// <param name="apps">The apps, or channels, that each reader follows.</param>
    public static async Task<int> RunAsync(string kind, string url, int readers, string[] apps, CancellationToken cancel)
    {
        var counter = new Readings.Counter();
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var connected = 0;
        // Reading the console below holds up a thread, which must not be that of the reader that comes last.
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var reading = Enumerable
            .Range(0, readers)
            .Select(_ =>
                Task.Run(
                    () =>
                        kind == OfHub
                            ? HubReader.RunAsync(new Uri(url), Environment.GetEnvironmentVariable(Token)!, apps, counter, Enter, done.Token)
                            : Task.WhenAll(apps.Select(app => NchanReader.RunAsync(new Uri(url + app), counter, Enter, done.Token))),
                    cancel
                )
            )
            .ToArray();
        await Task.WhenAny(all.Task, Task.WhenAll(reading));
        Console.WriteLine(Readings.Ready);
        // The sender says how many lines it has sent.
        var sent = long.Parse(await Console.In.ReadLineAsync(cancel) ?? "0");
        for (var patience = 0; patience < 20 && counter.Lines < sent * readers; patience++)
            await Task.Delay(100, cancel);
        Console.WriteLine(counter.Read());
        await done.CancelAsync();
        return 0;

        void Enter()
        {
            if (Interlocked.Increment(ref connected) == readers * apps.Length)
                all.SetResult();
        }
    }
}
