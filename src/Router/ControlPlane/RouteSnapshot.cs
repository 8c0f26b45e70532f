using System.Collections.Immutable;
using System.Text.Json;
using NeetoDeploy.Core.Routing;
using NeetoDeploy.Router.Routing;

namespace NeetoDeploy.Router.ControlPlane;

/// <summary>Keeps the last table in <c>router/routes.json</c>, so that a router that starts serves at once, with or without a control plane.</summary>
internal sealed partial class RouteSnapshot(LiveRoutes routes, RouterOptions options, TimeProvider time, ILogger<RouteSnapshot> log)
    : BackgroundService
{
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(300);

    private readonly string path = Path.Combine(options.DataDirectory, "router", "routes.json");

    /// <summary>Before the port is opened: whoever connects finds the table.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (File.Exists(path))
            await LoadAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (routes.ToStore.TryTake())
            await StoreAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await routes.ToStore.WaitAsync(stoppingToken);
            try
            {
                await Task.Delay(Gathering, time, stoppingToken);
            }
            catch (OperationCanceledException)
            {
                routes.ToStore.Set();
                throw;
            }

            await StoreAsync(stoppingToken);
        }
    }

    private async Task LoadAsync(CancellationToken cancel)
    {
        try
        {
            await using var file = File.OpenRead(path);
            if (await JsonSerializer.DeserializeAsync(file, RoutingJson.Default.RouteMessage, cancel) is { Table: not null } message)
                routes.Apply(message);
            LogLoaded(routes.Current.Version, routes.Current.Entries.Count);
        }
        catch (Exception e) when (e is IOException or JsonException or FormatException or UnauthorizedAccessException)
        {
            LogUnreadable(path, e.Message);
        }
    }

    private async Task StoreAsync(CancellationToken cancel)
    {
        var table = routes.Current;
        var message = new RouteMessage(table.Version, table.Entries.Select(entry => entry.Route).ToImmutableArray(), null, null);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var unfinished = path + ".new";
            await using (var file = File.Create(unfinished))
            {
                await JsonSerializer.SerializeAsync(file, message, RoutingJson.Default.RouteMessage, cancel);
                file.Flush(flushToDisk: true);
            }

            File.Move(unfinished, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogNotStored(path, e.Message);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Serving version {Version} with {Apps} apps from the snapshot")]
    private partial void LogLoaded(long version, int apps);

    [LoggerMessage(2, LogLevel.Warning, "The snapshot {Path} cannot be read: {Reason}")]
    private partial void LogUnreadable(string path, string reason);

    [LoggerMessage(3, LogLevel.Warning, "The snapshot {Path} cannot be written: {Reason}")]
    private partial void LogNotStored(string path, string reason);
}
