namespace NeetoDeploy.Supervisor.Installations;

/// <summary>What the operator asked for on the command line; null where nothing was said, and what was chosen before holds.</summary>
public sealed record InstallationWishes(
    int? ApiPort,
    int? RouterPort,
    int? TlsPort,
    int? RegistryPort,
    string? AppsDomain,
    string? Storage,
    string? EngineSocket = null,
    int? DashboardPort = null,
    int? GatewayPort = null
)
{
    private const int DefaultApiPort = 5000;
    private const int DefaultRouterPort = 8080;
    private const int DefaultTlsPort = 5443;

    /// <summary>The installation as it shall be from now on. A new one gets its id here.</summary>
    public Installation ApplyTo(Installation? existing, Func<string> newId)
    {
        var apiPort = ApiPort ?? existing?.ApiPort ?? DefaultApiPort;
        var dashboardPort = DashboardPort ?? existing?.DashboardPort ?? 0;
        return new Installation(
            existing?.Id ?? newId(),
            apiPort,
            RouterPort ?? existing?.RouterPort ?? DefaultRouterPort,
            TlsPort ?? existing?.TlsPort ?? DefaultTlsPort,
            RegistryPort ?? existing?.RegistryPort ?? apiPort + 1,
            AppsDomain ?? existing?.AppsDomain ?? Installation.DefaultDomain,
            Storage ?? existing?.Storage,
            existing?.HasSample ?? false,
            EngineSocket ?? existing?.EngineSocket,
            dashboardPort,
            GatewayPort
                ?? (
                    existing is { GatewayPort: > 0 } ? existing.GatewayPort
                    : dashboardPort == 0 ? 0
                    : apiPort + 2
                )
        );
    }
}
