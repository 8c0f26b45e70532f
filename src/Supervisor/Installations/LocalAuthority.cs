using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace NeetoDeploy.Supervisor.Installations;

/// <summary>
/// The certificate authority of one installation. git and attached one-off dynos insist on TLS (<c>git push</c> goes to https, the rendezvous
/// protocol is TLS), and a box without a public name can have no public certificate.
/// </summary>
public sealed class LocalAuthority(DataFolder data, TimeProvider time)
{
    private const string SystemBundle = "/etc/ssl/certs/ca-certificates.crt";

    /// <summary>Makes the authority once, and a server certificate for these names whenever the last one is missing, near its end or for other names.</summary>
    public void Issue(string appsDomain)
    {
        if (!File.Exists(data.AuthorityCertificate) || !File.Exists(data.AuthorityKey))
            CreateAuthority();
        if (!IsServing(appsDomain))
            CreateServerCertificate(appsDomain);
        WriteBundle();
    }

    private void CreateAuthority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=NeetoDeploy local authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        var now = time.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(10));
        PrivateFile.Write(data.AuthorityKey, Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem()));
        File.WriteAllText(data.AuthorityCertificate, certificate.ExportCertificatePem() + "\n");
    }

    private bool IsServing(string appsDomain)
    {
        if (!File.Exists(data.ServerCertificate) || !File.Exists(data.ServerKey))
            return false;
        using var certificate = X509Certificate2.CreateFromPem(File.ReadAllText(data.ServerCertificate));
        return certificate.MatchesHostname(appsDomain) && certificate.NotAfter.ToUniversalTime() > time.GetUtcNow().AddDays(30);
    }

    private void CreateServerCertificate(string appsDomain)
    {
        using var authority = X509Certificate2.CreateFromPemFile(data.AuthorityCertificate, data.AuthorityKey);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        request.CertificateExtensions.Add(Names(appsDomain));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(authority, true, false));
        var now = time.GetUtcNow();
        using var certificate = request.Create(authority, now.AddDays(-1), now.AddDays(800), RandomNumberGenerator.GetBytes(16));
        PrivateFile.Write(data.ServerKey, Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem()));
        File.WriteAllText(data.ServerCertificate, certificate.ExportCertificatePem() + "\n");
    }

    private static X509Extension Names(string appsDomain)
    {
        var names = new SubjectAlternativeNameBuilder();
        foreach (var name in (string[])[.. new[] { "localhost", appsDomain }.Distinct()])
        {
            names.AddDnsName(name);
            // Clients refuse a wildcard right under a top-level name.
            if (name.Contains('.', StringComparison.Ordinal))
                names.AddDnsName($"*.{name}");
        }
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        return names.Build();
    }

    /// <summary>A variable such as GIT_SSL_CAINFO replaces every other authority, so the machine's own go along.</summary>
    private void WriteBundle()
    {
        var system = File.Exists(SystemBundle) ? File.ReadAllText(SystemBundle) : "";
        File.WriteAllText(data.AuthorityBundle, system + File.ReadAllText(data.AuthorityCertificate));
    }
}
