using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace NeetoDeploy.Supervisor.Installations;

/// <summary>An authority of the installation's own: its certificate, which anybody may know, and the key, which nobody else may.</summary>
internal sealed class CertificateAuthority(string certificateFile, string keyFile, string name, TimeProvider time)
{
    /// <summary>Makes the authority, once.</summary>
    public void Ensure()
    {
        if (File.Exists(certificateFile) && File.Exists(keyFile))
            return;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        var now = time.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(10));
        Write(certificateFile, certificate, keyFile, key);
    }

    /// <summary>Whether there is a certificate that is not near its end and does what it shall.</summary>
    public bool IsServing(string file, string key, Func<X509Certificate2, bool> isRight)
    {
        if (!File.Exists(file) || !File.Exists(key))
            return false;
        using var certificate = X509Certificate2.CreateFromPem(File.ReadAllText(file));
        return isRight(certificate) && certificate.NotAfter.ToUniversalTime() > time.GetUtcNow().AddDays(30);
    }

    /// <summary>Issues a certificate with a new key.</summary>
    /// <param name="names">The hosts that it is for; null: none.</param>
    /// <param name="purposes">Extended key usages, as object identifiers.</param>
    public void Issue(string file, string keyOfIt, string subject, X509Extension? names, params ReadOnlySpan<string> purposes)
    {
        using var authority = X509Certificate2.CreateFromPemFile(certificateFile, keyFile);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={subject}", key, HashAlgorithmName.SHA256);
        var usages = new OidCollection();
        foreach (var purpose in purposes)
            usages.Add(new Oid(purpose));
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(usages, false));
        if (names is not null)
            request.CertificateExtensions.Add(names);
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(authority, true, false));
        var now = time.GetUtcNow();
        using var certificate = request.Create(authority, now.AddDays(-1), now.AddDays(800), RandomNumberGenerator.GetBytes(16));
        Write(file, certificate, keyOfIt, key);
    }

    private static void Write(string file, X509Certificate2 certificate, string keyFile, ECDsa key)
    {
        PrivateFile.Write(keyFile, Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem()));
        File.WriteAllText(file, certificate.ExportCertificatePem() + "\n");
    }
}
