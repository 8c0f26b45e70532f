using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace NeetoDeploy.Grains.Interfaces.Access;

/// <summary>
/// What the members of a cluster show each other over TLS: silos, and hosts that ask grains from outside of one. Whoever has a certificate of the cluster's
/// authority is a member, and may ask grains on anybody's behalf; nobody else is talked to.
/// </summary>
public sealed class ClusterCertificates
{
    /// <summary>The extended key usage of servers (RFC 5280 §4.2.1.12), which only silos are given.</summary>
    private const string Server = "1.3.6.1.5.5.7.3.1";

    private readonly X509Certificate2 authority;

    private ClusterCertificates(X509Certificate2 authority, X509Certificate2 own) => (this.authority, Own) = (authority, own);

    /// <summary>This member's certificate, with its key.</summary>
    public X509Certificate2 Own { get; }

    /// <summary>Reads <c>ca.pem</c> of a folder, and <c>MEMBER.pem</c> with <c>MEMBER.key</c>.</summary>
    /// <param name="member"><c>silo</c> or <c>client</c>.</param>
    /// <exception cref="CryptographicException">One of them holds no certificate, or no key.</exception>
    /// <exception cref="IOException">One of them cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">One of them may not be read.</exception>
    public static ClusterCertificates Read(string folder, string member) =>
        new(
            X509Certificate2.CreateFromPem(File.ReadAllText(Path.Combine(folder, "ca.pem"))),
            X509Certificate2.CreateFromPemFile(Path.Combine(folder, $"{member}.pem"), Path.Combine(folder, $"{member}.key"))
        );

    /// <summary>Whether a certificate is one of the cluster's authority, now. The authorities of the machine do not count.</summary>
    public bool IsMember(X509Certificate2? certificate) => IsOurs(certificate, purpose: null);

    /// <summary>Likewise, and one of a silo.</summary>
    public bool IsSilo(X509Certificate2? certificate) => IsOurs(certificate, Server);

    private bool IsOurs(X509Certificate2? certificate, string? purpose)
    {
        if (certificate is null)
            return false;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        if (purpose is not null)
            chain.ChainPolicy.ApplicationPolicy.Add(new Oid(purpose));
        return chain.Build(certificate);
    }
}
