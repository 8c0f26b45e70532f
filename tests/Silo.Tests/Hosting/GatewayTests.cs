using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Interfaces.Installations;
using Orleans.Configuration;
using Orleans.Connections.Security;

namespace NeetoDeploy.Silo.Tests.Hosting;

/// <summary>The door by which other hosts ask grains: whoever is let in may ask on anybody's behalf.</summary>
public sealed class GatewayTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Only_a_certificate_of_the_installations_own_authority_opens_it()
    {
        using var installation = new TestInstallation();
        using var other = new TestInstallation();
        await using var silo = await SiloProcess.StartHealthyAsync(installation);

        await IsTurnedAwayAsync(installation, certificate: null);
        await IsTurnedAwayAsync(installation, other.ClusterCertificate());
        Assert.Equal("localhost", (await AskAsync(installation)).AppsAuthority.Split(':')[0]);
    }

    [Fact]
    public async Task A_silo_without_its_certificate_does_not_start_and_says_why()
    {
        using var installation = new TestInstallation();
        File.Delete(Path.Combine(installation.Folder, "cluster", "silo.key"));
        await using var silo = SiloProcess.Start(installation);

        Assert.Equal(78, await silo.EndAsync());
        Assert.Contains(Path.Combine(installation.Folder, "cluster"), silo.Output, StringComparison.Ordinal);
    }

    /// <summary>A server looks at a certificate when the handshake is over: it then ends the connection, before anything is read from it.</summary>
    private static async Task IsTurnedAwayAsync(TestInstallation installation, X509Certificate2? certificate)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", installation.GatewayPort, Cancel);
        await using var tls = new SslStream(client.GetStream(), leaveInnerStreamOpen: false, (_, _, _, _) => true);
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = "silo",
            ClientCertificates = certificate is null ? null : [certificate],
        };
        try
        {
            await tls.AuthenticateAsClientAsync(options, Cancel);
            Assert.Equal(0, await tls.ReadAsync(new byte[1], Cancel));
        }
        catch (Exception e) when (e is IOException or AuthenticationException)
        {
            // Told so by an alert.
        }
    }

    /// <summary>As a host with the installation's certificate.</summary>
    private static async Task<InstallationView> AskAsync(TestInstallation installation)
    {
        var certificates = ClusterCertificates.Read(Path.Combine(installation.Folder, "cluster"), "silo");
        var builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.UseOrleansClient(client =>
            client
                .UseStaticClustering(new IPEndPoint(IPAddress.Loopback, installation.GatewayPort))
                .Configure<ClusterOptions>(cluster => (cluster.ServiceId, cluster.ClusterId) = ("neeto", installation.Id))
                .UseTls(tls =>
                {
                    tls.LocalCertificate = certificates.Own;
                    tls.RemoteCertificateMode = RemoteCertificateMode.RequireCertificate;
                    tls.RemoteCertificateValidation = (certificate, _, _) => certificates.IsSilo(certificate);
                    tls.OnAuthenticateAsClient = (_, authentication) => authentication.TargetHost = "silo";
                })
        );
        using var host = builder.Build();
        await host.StartAsync(Cancel);
        CallContext.Act(Actor.Platform);
        var view = await host.Services.GetRequiredService<IGrainFactory>().Installation().DescribeAsync();
        await host.StopAsync(Cancel);
        return view;
    }
}
