using Microsoft.Extensions.DependencyInjection.Extensions;
using NeetoDeploy.LogRelay.Logs;

namespace NeetoDeploy.LogRelay;

/// <summary>Logs on their way between dynos and readers, as a part of a host. The host brings the grains (<see cref="IGrainFactory"/>).</summary>
public static class LogRelayModule
{
    /// <summary>Adds what readers of logs share in this host.</summary>
    public static IServiceCollection AddLogRelay(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<LogFanout>();
        return services;
    }
}
