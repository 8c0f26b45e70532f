using System.Text.Json;
using NeetoDeploy.Router.Routing;

namespace NeetoDeploy.Router.ControlPlane;

/// <summary>Keeps the table the control plane's. While the control plane is away the last table serves on.</summary>
internal sealed partial class RouteFollower(
    LiveRoutes routes,
    ControlPlaneClient controlPlane,
    TimeProvider time,
    ILogger<RouteFollower> log
) : BackgroundService
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = FirstPause;
        while (!stoppingToken.IsCancellationRequested)
        {
            var reason = "it closed the connection";
            try
            {
                await foreach (var message in controlPlane.FollowAsync(stoppingToken))
                {
                    if (message.Table is { } table)
                        LogFollowing(message.Version, table.Length);
                    routes.Apply(message);
                    pause = FirstPause;
                }
            }
            catch (Exception e) when (e is HttpRequestException or IOException or JsonException or FormatException)
            {
                reason = e.Message;
            }

            LogAway(reason, routes.Current.Version);
            await Task.Delay(pause, time, stoppingToken);
            pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestPause.Ticks));
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Following the control plane from version {Version} with {Apps} apps")]
    private partial void LogFollowing(long version, int apps);

    [LoggerMessage(2, LogLevel.Warning, "The control plane is away ({Reason}); version {Version} serves on")]
    private partial void LogAway(string reason, long version);
}
