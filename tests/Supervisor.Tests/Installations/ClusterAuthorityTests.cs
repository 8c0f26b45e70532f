using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using NeetoDeploy.Supervisor.Installations;

namespace NeetoDeploy.Supervisor.Tests.Installations;

public sealed class ClusterAuthorityTests : IDisposable
{
    private const string Server = "1.3.6.1.5.5.7.3.1";
    private const string Client = "1.3.6.1.5.5.7.3.2";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Silos_and_clients_get_certificates_and_a_client_cannot_pass_for_a_silo()
    {
        Issue();

        Assert.True(IsFor("silo", Server) && IsFor("silo", Client) && IsFor("client", Client));
        Assert.False(IsFor("client", Server));
        Assert.All(
            (string[])["ca.key", "silo.key", "client.key"],
            key => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder.Data.ClusterFile(key)))
        );
    }

    [Fact]
    public void They_stay_the_same_and_what_is_missing_is_made_again_by_the_same_authority()
    {
        Issue();
        var (authority, silo) = (Read("ca.pem"), Read("silo.pem"));
        File.Delete(folder.Data.ClusterFile("client.key"));
        Issue();

        Assert.Equal((authority, silo), (Read("ca.pem"), Read("silo.pem")));
        Assert.True(IsFor("client", Client));
    }

    [Fact]
    public void Git_clients_trust_another_authority()
    {
        Issue();
        new LocalAuthority(folder.Data, TimeProvider.System).Issue("localhost");

        Assert.NotEqual(Read("ca.pem"), File.ReadAllText(folder.Data.AuthorityCertificate));
        Assert.DoesNotContain(Read("ca.pem").Trim(), File.ReadAllText(folder.Data.AuthorityBundle), StringComparison.Ordinal);
    }

    private void Issue() => new ClusterAuthority(folder.Data, TimeProvider.System).Issue();

    private string Read(string name) => File.ReadAllText(folder.Data.ClusterFile(name));

    private bool IsFor(string member, string purpose)
    {
        using var authority = X509Certificate2.CreateFromPem(Read("ca.pem"));
        using var certificate = X509Certificate2.CreateFromPemFile(
            folder.Data.ClusterFile($"{member}.pem"),
            folder.Data.ClusterFile($"{member}.key")
        );
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(purpose));
        return chain.Build(certificate);
    }
}
