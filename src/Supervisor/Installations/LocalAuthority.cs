using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace NeetoDeploy.Supervisor.Installations;

/// <summary>
/// The certificate authority of one installation. git and attached one-off dynos insist on TLS (<c>git push</c> goes to https, the rendezvous
/// protocol is TLS), and a box without a public name can have no public certificate.
/// </summary>
public sealed class LocalAuthority(DataFolder data, TimeProvider time)
{
    private const string SystemBundle = "/etc/ssl/certs/ca-certificates.crt";

    private readonly CertificateAuthority authority = new(
        data.AuthorityCertificate,
        data.AuthorityKey,
        "NeetoDeploy local authority",
        time
    );

    /// <summary>Makes the authority once, and a server certificate for these names whenever the last one is missing, near its end or for other names.</summary>
    public void Issue(string appsDomain)
    {
        authority.Ensure();
        if (!authority.IsServing(data.ServerCertificate, data.ServerKey, certificate => certificate.MatchesHostname(appsDomain)))
            authority.Issue(data.ServerCertificate, data.ServerKey, "localhost", Names(appsDomain), CertificatePurposes.Server);
        WriteBundle();
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
