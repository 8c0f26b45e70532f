using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace NeetoDeploy.Silo.Tests.Hosting;

/// <summary>A data folder as the supervisor makes it, with settings on free ports and no engine.</summary>
internal sealed class TestInstallation : IDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public TestInstallation(string storage = "")
    {
        Folder = Directory.CreateTempSubdirectory("neeto-silo-").FullName;
        Directory.CreateDirectory(Path.Combine(Folder, "secrets"));
        WriteSecret("master.key", Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        WriteSecret("admin.token", AdminToken);
        WriteSecret("router.token", RouterToken);
        WriteSecret("ingest.token", IngestToken);
        WriteSecret("setup.token", SetupToken);
        WriteCertificate();
        File.WriteAllText(
            SettingsFile,
            JsonSerializer.Serialize(
                new
                {
                    Neeto = new
                    {
                        InstallationId = $"test-{Guid.NewGuid().ToString("N")[..8]}",
                        DataDirectory = Folder,
                        ApiPort,
                        TlsPort = FreePort.Find(),
                        RouterPort = FreePort.Find(),
                        Registry = $"127.0.0.1:{FreePort.Find()}",
                        EngineSocket = Path.Combine(Folder, "no-engine.sock"),
                        Storage = storage,
                    },
                }
            )
        );
    }

    public string Folder { get; }

    public string SettingsFile => Path.Combine(Folder, "silo.json");

    public int ApiPort { get; } = FreePort.Find();

    public string AdminToken { get; } = RandomNumberGenerator.GetHexString(48);

    public string RouterToken { get; } = RandomNumberGenerator.GetHexString(48);

    public string IngestToken { get; } = RandomNumberGenerator.GetHexString(48);

    public string SetupToken { get; } = RandomNumberGenerator.GetHexString(48);

    public string SecretFile(string name) => Path.Combine(Folder, "secrets", name);

    public void WriteSecret(string name, string secret, UnixFileMode mode = Private)
    {
        File.WriteAllText(SecretFile(name), secret + "\n");
        File.SetUnixFileMode(SecretFile(name), mode);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private void WriteCertificate()
    {
        var tls = Directory.CreateDirectory(Path.Combine(Folder, "tls")).FullName;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        File.WriteAllText(Path.Combine(tls, "server.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(tls, "server.key"), key.ExportPkcs8PrivateKeyPem());
    }
}
