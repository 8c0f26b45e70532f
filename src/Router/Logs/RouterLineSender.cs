using NeetoDeploy.Router.ControlPlane;

namespace NeetoDeploy.Router.Logs;

/// <summary>
/// Sends lines to the control plane: at once after a silence, else in batches, since what storing costs goes by batches and not by lines. A batch stays until it was taken, so that the
/// lines of a short absence arrive late instead of never.
/// </summary>
internal sealed partial class RouterLineSender(
    RouterLineQueue queue,
    ControlPlaneClient controlPlane,
    TimeProvider time,
    ILogger<RouterLineSender> log
) : BackgroundService
{
    private const int LongestBatch = 1000;

    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LastChance = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private readonly RouterLineBatch batch = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var last = long.MinValue / 2;
        while (!stoppingToken.IsCancellationRequested)
        {
            if (batch.Count == 0)
                await queue.WaitAsync(stoppingToken);
            var since = time.GetElapsedTime(last);
            if (since < Gathering)
                await Task.Delay(Gathering - since, time, stoppingToken);

            // Off the socket's thread, on which requests wait.
            await Task.Yield();
            Fill();
            await SendUntilTakenAsync(stoppingToken);
            last = time.GetTimestamp();
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(LastChance);
        try
        {
            while (batch.Count > 0 || Fill())
            {
                await controlPlane.SendLinesAsync(pending ?? batch.Finish(), limit.Token);
                Taken();
            }
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            LogLost(e.Message);
        }
    }

    public override void Dispose()
    {
        batch.Dispose();
        base.Dispose();
    }

    private ReadOnlyMemory<byte>? pending;

    private bool Fill()
    {
        foreach (var (app, count) in queue.TakeDropped())
            batch.AddDropped(app, count, time.GetUtcNow());
        while (batch.Count < LongestBatch && queue.TryTake(out var line))
            batch.Add(line!);
        return batch.Count > 0;
    }

    private async Task SendUntilTakenAsync(CancellationToken stopping)
    {
        pending = batch.Finish();
        var pause = TimeSpan.FromMilliseconds(100);
        while (true)
        {
            try
            {
                await controlPlane.SendLinesAsync(pending.Value, stopping);
                Taken();
                return;
            }
            catch (HttpRequestException e)
                when (e.StatusCode is { } status
                    && (int)status is >= 400 and < 500 and not 401 and not 403 and not 404 and not 408 and not 429
                )
            {
                // The same lines would be refused for ever.
                LogRefused(batch.Count, e.Message);
                Taken();
                return;
            }
            catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !stopping.IsCancellationRequested))
            {
                LogAway(e.Message);
            }

            await Task.Delay(pause, time, stopping);
            pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestPause.Ticks));
        }
    }

    private void Taken()
    {
        pending = null;
        batch.Clear();
    }

    [LoggerMessage(1, LogLevel.Debug, "Router lines wait for the control plane: {Reason}")]
    private partial void LogAway(string reason);

    [LoggerMessage(2, LogLevel.Warning, "The control plane refuses {Count} router lines: {Reason}")]
    private partial void LogRefused(int count, string reason);

    [LoggerMessage(3, LogLevel.Warning, "Router lines were lost at the end: {Reason}")]
    private partial void LogLost(string reason);
}
