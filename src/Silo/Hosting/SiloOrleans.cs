using NeetoDeploy.Grains;
using NeetoDeploy.Silo.Storage;
using Orleans.Configuration;
using Orleans.Dashboard;

namespace NeetoDeploy.Silo.Hosting;

/// <summary>The Orleans silo of one box.</summary>
internal static class SiloOrleans
{
    /// <summary>Part of every stored row's key: it never changes.</summary>
    private const string ServiceId = "neeto";

    public static void AddNeetoSilo(this ISiloBuilder silo, SiloOptions options, Database database)
    {
        // No gateway: every client of the grains is in this process. Free ports, so that installations live side by side.
        silo.UseLocalhostClustering(LoopbackPort.FindFree(), gatewayPort: 0, serviceId: ServiceId, clusterId: options.InstallationId);
        silo.Configure<ClusterMembershipOptions>(Membership);
        silo.AddNeetoStorage(database).AddNeetoGrains();
        // The silo's log is not for a page: it says more than what grains do.
        silo.AddDashboard(pages => pages.HideTrace = true);
    }

    /// <summary>Maps the runtime's own pages below a path.</summary>
    public static void MapPages(IEndpointRouteBuilder routes, string path) => routes.MapOrleansDashboard(path);

    /// <summary>A dead silo is noticed within 5 s, and a pause of 20 s (a busy machine) is forgiven.</summary>
    private static void Membership(ClusterMembershipOptions membership)
    {
        membership.ProbeTimeout = TimeSpan.FromSeconds(2);
        membership.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(5);
        membership.TableRefreshTimeout = TimeSpan.FromSeconds(10);
        membership.DefunctSiloExpiration = TimeSpan.FromHours(1);
        membership.DefunctSiloCleanupPeriod = TimeSpan.FromHours(1);
    }
}
