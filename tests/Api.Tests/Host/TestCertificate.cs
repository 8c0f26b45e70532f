using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace NeetoDeploy.Api.Tests.Host;

/// <summary>A certificate for localhost that signs itself, in memory and as a file for git.</summary>
public sealed class TestCertificate : IDisposable
{
    public TestCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = TimeProvider.System.GetUtcNow();
        Server = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        File = Path.GetTempFileName();
        System.IO.File.WriteAllText(File, Server.ExportCertificatePem());
    }

    public X509Certificate2 Server { get; }

    /// <summary>PEM.</summary>
    public string File { get; }

    public void Dispose()
    {
        Server.Dispose();
        System.IO.File.Delete(File);
    }
}
