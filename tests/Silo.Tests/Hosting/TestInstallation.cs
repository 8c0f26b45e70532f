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
        WriteCertificate("tls", "server");
        WriteCertificate("cluster", "silo");
        File.Copy(Path.Combine(Folder, "cluster", "silo.pem"), Path.Combine(Folder, "cluster", "ca.pem"));
        File.WriteAllText(
            SettingsFile,
            JsonSerializer.Serialize(
                new
                {
                    Neeto = new
                    {
                        InstallationId = Id,
                        DataDirectory = Folder,
                        ApiPort,
                        TlsPort = FreePort.Find(),
                        GatewayPort,
                        RouterPort = FreePort.Find(),
                        Registry = $"127.0.0.1:{FreePort.Find()}",
                        EngineSocket = Path.Combine(Folder, "no-engine.sock"),
                        Storage = storage,
                    },
                }
            )
        );
    }

    public string Id { get; } = $"test-{Guid.NewGuid().ToString("N")[..8]}";

    public string Folder { get; }

    public string SettingsFile => Path.Combine(Folder, "silo.json");

    public int ApiPort { get; } = FreePort.Find();

    public int GatewayPort { get; } = FreePort.Find();

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

    /// <summary>What a member of its cluster shows.</summary>
    public X509Certificate2 ClusterCertificate() =>
        X509Certificate2.CreateFromPemFile(Path.Combine(Folder, "cluster", "silo.pem"), Path.Combine(Folder, "cluster", "silo.key"));

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private void WriteCertificate(string folder, string name)
    {
        var path = Directory.CreateDirectory(Path.Combine(Folder, folder)).FullName;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        File.WriteAllText(Path.Combine(path, $"{name}.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(path, $"{name}.key"), key.ExportPkcs8PrivateKeyPem());
    }
}
