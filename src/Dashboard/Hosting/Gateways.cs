using System.Security.Cryptography;
using NeetoDeploy.Grains.Interfaces.Access;
using Orleans.Configuration;
using Orleans.Connections.Security;
using Orleans.Dashboard;

namespace NeetoDeploy.Dashboard.Hosting;

/// <summary>The way from this host to the grains.</summary>
internal static class Gateways
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Silos that are away are awaited, at the start too.</summary>
    /// <exception cref="HostSettingException">The host's certificate cannot be read.</exception>
    public static void AddGateways(this IClientBuilder client, HostSettings settings)
    {
        var certificates = Read(settings.CertificatesFolder);
        client.UseStaticClustering(settings.GatewayEndpoints());
        client.Configure<ClusterOptions>(cluster => (cluster.ServiceId, cluster.ClusterId) = ("neeto", settings.InstallationId));
        client.Configure<GatewayOptions>(gateways => gateways.GatewayListRefreshPeriod = TimeSpan.FromSeconds(5));
        client.UseTls(tls =>
        {
            tls.LocalCertificate = certificates.Own;
            tls.RemoteCertificateMode = RemoteCertificateMode.RequireCertificate;
            tls.RemoteCertificateValidation = (certificate, _, _) => certificates.IsSilo(certificate);
            tls.OnAuthenticateAsClient = (_, authentication) => authentication.TargetHost = "neeto-silo";
        });
        client.UseConnectionRetryFilter(
            async (_, cancel) =>
            {
                await Task.Delay(Pause, cancel);
                return true;
            }
        );
        client.AddClusterConnectionStatusObserver<GatewayObserver>();
        client.AddDashboard(pages => pages.HideTrace = true);
    }

    private static ClusterCertificates Read(string folder)
    {
        try
        {
            return ClusterCertificates.Read(folder, "client");
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new HostSettingException($"The client's certificate in {folder} cannot be read: {cause.Message}");
        }
    }
}
