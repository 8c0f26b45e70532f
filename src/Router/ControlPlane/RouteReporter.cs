using NeetoDeploy.Router.Routing;

namespace NeetoDeploy.Router.ControlPlane;

/// <summary>Tells the control plane which version is in effect and which targets still finish their requests.</summary>
internal sealed partial class RouteReporter(
    LiveRoutes routes,
    ControlPlaneClient controlPlane,
    RouterOptions options,
    ILogger<RouteReporter> log
) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await routes.ToReport.WaitAsync(options.ReportInterval, stoppingToken);
            try
            {
                // The version first: a target that is retired between the two is then reported as draining by a version that still has it.
                var version = routes.Current.Version;
                await controlPlane.ReportAsync(version, routes.Draining(), stoppingToken);
            }
            catch (Exception e)
                when (e is HttpRequestException || (e is OperationCanceledException && !stoppingToken.IsCancellationRequested))
            {
                LogNotTaken(e.Message);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Debug, "A report was not taken: {Reason}")]
    private partial void LogNotTaken(string reason);
}
