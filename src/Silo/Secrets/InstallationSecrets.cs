using System.Security.Cryptography;
using System.Text;
using NeetoDeploy.Silo.Hosting;

namespace NeetoDeploy.Silo.Secrets;

/// <summary>The secrets that the supervisor made with the installation. There is no default for any of them: without one the silo does not start.</summary>
public sealed class InstallationSecrets
{
    private const int KeyBytes = 32;
    private const int ShortestToken = 32;
    private const UnixFileMode OwnersOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly byte[] masterKey;

    private InstallationSecrets(byte[] masterKey, string adminToken, string routerToken, string ingestToken, string setupToken) =>
        (this.masterKey, AdminToken, RouterToken, IngestToken, SetupToken) = (masterKey, adminToken, routerToken, ingestToken, setupToken);

    /// <summary>The administrator's API token.</summary>
    public string AdminToken { get; }

    /// <summary>What routers and the supervisor show on <c>/internal</c> paths.</summary>
    public string RouterToken { get; }

    /// <summary>What collectors of logs show on <c>/ingest</c>.</summary>
    public string IngestToken { get; }

    /// <summary>What the link for the first sign-in holds.</summary>
    public string SetupToken { get; }

    /// <summary>A key of 32 bytes for one purpose; from one key no other can be computed.</summary>
    public byte[] KeyFor(string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, masterKey, KeyBytes, info: Encoding.UTF8.GetBytes($"neetodeploy {purpose}"));

    /// <exception cref="SettingException">A secret is missing, too short, or open to others.</exception>
    public static InstallationSecrets Read(string dataDirectory)
    {
        var folder = Path.Combine(dataDirectory, "secrets");
        return new(
            ReadKey(Path.Combine(folder, "master.key")),
            ReadToken(Path.Combine(folder, "admin.token")),
            ReadToken(Path.Combine(folder, "router.token")),
            ReadToken(Path.Combine(folder, "ingest.token")),
            ReadToken(Path.Combine(folder, "setup.token"))
        );
    }

    private static byte[] ReadKey(string file)
    {
        var key = new byte[KeyBytes + 1];
        return Convert.TryFromBase64String(ReadPrivate(file), key, out var length) && length == KeyBytes
            ? key[..KeyBytes]
            : throw new SettingException(
                $"{file} must hold {KeyBytes} random bytes in base64. Restore it from a backup: without it no config var can be read."
            );
    }

    private static string ReadToken(string file) =>
        ReadPrivate(file) is { Length: >= ShortestToken } token
            ? token
            : throw new SettingException($"{file} must hold a secret of at least {ShortestToken} characters.");

    private static string ReadPrivate(string file)
    {
        if (!File.Exists(file))
            throw new SettingException($"The secret {file} is missing. 'neeto up' makes it for a new installation.");
        var mode = File.GetUnixFileMode(file);
        if ((mode & ~OwnersOnly) != 0)
            throw new SettingException(
                $"The secret {file} is open to others (mode {Convert.ToString((int)mode, 8)}). Make it private: chmod 600 {file}"
            );
        return File.ReadAllText(file).Trim();
    }
}
