using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using NeetoDeploy.Supervisor.Installations;

namespace NeetoDeploy.Supervisor.Tests.Installations;

public sealed class LocalAuthorityTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("shop.apps.test")]
    public async Task A_client_that_trusts_the_authority_trusts_the_server(string host)
    {
        new LocalAuthority(folder.Data, TimeProvider.System).Issue("apps.test");
        using var certificate = X509Certificate2.CreateFromPemFile(folder.Data.ServerCertificate, folder.Data.ServerKey);
        using var authority = X509Certificate2.CreateFromPem(File.ReadAllText(folder.Data.AuthorityCertificate));

        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = ServeAsync(listener, certificate);
        using var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint, TestContext.Current.CancellationToken);
        await using var tls = new SslStream(client.GetStream());
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = host,
                CertificateChainPolicy = new X509ChainPolicy
                {
                    TrustMode = X509ChainTrustMode.CustomRootTrust,
                    CustomTrustStore = { authority },
                    RevocationMode = X509RevocationMode.NoCheck,
                },
            },
            TestContext.Current.CancellationToken
        );
        Assert.True(tls.IsAuthenticated);
        await serving;
    }

    [Fact]
    public void The_authority_stays_and_the_server_certificate_follows_the_domain()
    {
        var issuer = new LocalAuthority(folder.Data, TimeProvider.System);
        issuer.Issue("localhost");
        var authority = File.ReadAllText(folder.Data.AuthorityCertificate);
        var server = File.ReadAllText(folder.Data.ServerCertificate);

        issuer.Issue("localhost");
        Assert.Equal(server, File.ReadAllText(folder.Data.ServerCertificate));
        issuer.Issue("apps.test");
        Assert.NotEqual(server, File.ReadAllText(folder.Data.ServerCertificate));
        Assert.Equal(authority, File.ReadAllText(folder.Data.AuthorityCertificate));
        Assert.EndsWith(authority, File.ReadAllText(folder.Data.AuthorityBundle), StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_are_readable_by_their_owner_only()
    {
        new LocalAuthority(folder.Data, TimeProvider.System).Issue("localhost");
        Assert.All(
            [folder.Data.AuthorityKey, folder.Data.ServerKey],
            file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file))
        );
    }

    private static async Task ServeAsync(TcpListener listener, X509Certificate2 certificate)
    {
        using var connection = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        await using var tls = new SslStream(connection.GetStream());
        await tls.AuthenticateAsServerAsync(certificate);
    }
}
