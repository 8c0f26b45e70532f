using System.Security.Cryptography;
using NeetoDeploy.Grains;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Silo.Storage;
using Orleans.Configuration;
using Orleans.Connections.Security;
using Orleans.Dashboard;

namespace NeetoDeploy.Silo.Hosting;

/// <summary>The Orleans silo of one box.</summary>
internal static class SiloOrleans
{
    /// <summary>Part of every stored row's key: it never changes.</summary>
    private const string ServiceId = "neeto";

    public static void AddNeetoSilo(this ISiloBuilder silo, SiloOptions options, Database database)
    {
        // Free ports, so that installations live side by side. Without a gateway every client of the grains is in this process.
        silo.UseLocalhostClustering(LoopbackPort.FindFree(), options.GatewayPort, serviceId: ServiceId, clusterId: options.InstallationId);
        var certificates = ReadCertificates(Path.Combine(options.DataDirectory, "cluster"));
        silo.UseTls(tls =>
        {
            tls.LocalCertificate = certificates.Own;
            tls.RemoteCertificateMode = tls.ClientCertificateMode = RemoteCertificateMode.RequireCertificate;
            tls.RemoteCertificateValidation = (certificate, _, _) => certificates.IsMember(certificate);
        });
        silo.Configure<ClusterMembershipOptions>(Membership);
        silo.AddNeetoStorage(database).AddNeetoGrains();
        // The silo's log is not for a page: it says more than what grains do.
        silo.AddDashboard(pages => pages.HideTrace = true);
    }

    private static ClusterCertificates ReadCertificates(string folder)
    {
        try
        {
            return ClusterCertificates.Read(folder, "silo");
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new SettingException($"The silo's certificate in {folder} cannot be read: {cause.Message} 'neeto up' makes another one.");
        }
    }

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
