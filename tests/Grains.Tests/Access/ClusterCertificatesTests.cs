using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using NeetoDeploy.Grains.Interfaces.Access;

namespace NeetoDeploy.Grains.Tests.Access;

/// <summary>Who is a member of the cluster, by certificates of real authorities.</summary>
public sealed class ClusterCertificatesTests : IDisposable
{
    private const string Server = "1.3.6.1.5.5.7.3.1";
    private const string Client = "1.3.6.1.5.5.7.3.2";

    private static readonly DateTimeOffset Yesterday = TimeProvider.System.GetUtcNow().AddDays(-1);
    private static readonly DateTimeOffset Tomorrow = TimeProvider.System.GetUtcNow().AddDays(1);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("neeto-cluster-");
    private readonly X509Certificate2 authority = NewAuthority();
    private readonly ClusterCertificates certificates;

    public ClusterCertificatesTests()
    {
        using var own = Issue(authority, Yesterday, Tomorrow, Client);
        Write("ca.pem", authority.ExportCertificatePem());
        Write("client.pem", own.ExportCertificatePem());
        Write("client.key", own.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        certificates = ClusterCertificates.Read(folder.FullName, "client");
    }

    public void Dispose()
    {
        authority.Dispose();
        folder.Delete(recursive: true);
    }

    [Fact]
    public void Silos_and_clients_are_members_and_clients_no_silos()
    {
        using var silo = Issue(authority, Yesterday, Tomorrow, Server, Client);
        Assert.Equal((true, true), (certificates.IsMember(silo), certificates.IsSilo(silo)));
        Assert.Equal((true, false), (certificates.IsMember(certificates.Own), certificates.IsSilo(certificates.Own)));
    }

    [Fact]
    public void Whose_certificate_has_ended_or_not_begun_is_none()
    {
        using var ended = Issue(authority, Yesterday, Yesterday.AddHours(1), Server);
        using var early = Issue(authority, Tomorrow.AddHours(-1), Tomorrow, Server);
        Assert.False(certificates.IsMember(ended));
        Assert.False(certificates.IsMember(early));
    }

    [Fact]
    public void Neither_is_who_has_one_of_another_authority_of_the_same_name_or_none()
    {
        using var other = NewAuthority();
        using var foreign = Issue(other, Yesterday, Tomorrow, Server);
        Assert.False(certificates.IsMember(foreign));
        Assert.False(certificates.IsMember(null));
    }

    private void Write(string name, string pem) => File.WriteAllText(Path.Combine(folder.FullName, name), pem);

    private static X509Certificate2 NewAuthority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=a cluster", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        return request.CreateSelfSigned(Yesterday.AddDays(-1), Tomorrow.AddDays(1));
    }

    private static X509Certificate2 Issue(
        X509Certificate2 issuer,
        DateTimeOffset from,
        DateTimeOffset to,
        params ReadOnlySpan<string> purposes
    )
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=a member", key, HashAlgorithmName.SHA256);
        var usages = new OidCollection();
        foreach (var purpose in purposes)
            usages.Add(new Oid(purpose));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(usages, critical: false));
        using var certificate = request.Create(issuer, from, to, RandomNumberGenerator.GetBytes(16));
        return certificate.CopyWithPrivateKey(key);
    }
}
