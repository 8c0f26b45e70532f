using System.Net;
using NeetoDeploy.Core.Metrics;
using NeetoDeploy.Router.ControlPlane;

namespace NeetoDeploy.Router.Metrics;

/// <summary>
/// Tells the control plane every few seconds what was counted. A report stays until it was taken; what is counted meanwhile waits for the next. A router that is killed
/// loses what it has not told.
/// </summary>
internal sealed partial class RequestMeterSender(
    RequestMeter meter,
    ControlPlaneClient controlPlane,
    TimeProvider time,
    ILogger<RequestMeterSender> log
) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LastChance = TimeSpan.FromSeconds(2);

    private RoutedReport? pending;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var ticks = new PeriodicTimer(Period, time);
        while (await ticks.WaitForNextTickAsync(stoppingToken))
            await TellAsync(stoppingToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(LastChance);
        // Twice: what could not be told before, and what was counted since.
        if (await TellAsync(limit.Token))
            await TellAsync(limit.Token);
    }

    private async Task<bool> TellAsync(CancellationToken cancel)
    {
        if (pending is null && meter.Take() is { IsEmpty: false } figures)
            pending = new RoutedReport(Guid.NewGuid(), figures);
        if (pending is null)
            return false;
        try
        {
            await controlPlane.SendFiguresAsync(pending, cancel);
            pending = null;
            return true;
        }
        catch (HttpRequestException e) when (e.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge)
        {
            // It would be refused for ever.
            LogRefused(e.Message);
            pending = null;
            return true;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            LogAway(e.Message);
            return false;
        }
    }

    [LoggerMessage(1, LogLevel.Debug, "Figures wait for the control plane: {Reason}")]
    private partial void LogAway(string reason);

    [LoggerMessage(2, LogLevel.Warning, "The control plane refuses figures: {Reason}")]
    private partial void LogRefused(string reason);
}
