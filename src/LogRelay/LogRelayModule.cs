using Microsoft.AspNetCore.Http.Connections;
using Microsoft.Extensions.DependencyInjection.Extensions;
using NeetoDeploy.LogRelay.Hubs;
using NeetoDeploy.LogRelay.Ingest;
using NeetoDeploy.LogRelay.Logs;

namespace NeetoDeploy.LogRelay;

/// <summary>Logs on their way between dynos and readers, as a part of a host. The host brings the grains (<see cref="IGrainFactory"/>) and who is calling (<see cref="IHubCallers"/>).</summary>
public static class LogRelayModule
{
    /// <summary>Adds what readers of logs share in this host.</summary>
    public static IServiceCollection AddLogReading(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<LogFanout>();
        return services;
    }

    /// <summary>Likewise, and what the routes need.</summary>
    public static IServiceCollection AddLogRelay(this IServiceCollection services, LogRelayOptions options)
    {
        services.AddLogReading();
        services.AddMetrics();
        services.AddSingleton(options);
        services.AddSingleton<IngestPlaces>();
        services.AddSingleton<LogIngest>();
        services.AddSignalR().AddMessagePackProtocol();
        return services;
    }

    /// <summary>Adds the routes for collectors and for readers.</summary>
    public static void MapLogRelay(this IEndpointRouteBuilder routes)
    {
        routes.MapIngest();
        routes.MapHub<LogHub>("/hubs/logs", hub => hub.Transports = HttpTransportType.WebSockets).RequireCaller();
    }
}
