using System.Security.Cryptography;
using System.Text;

namespace NeetoDeploy.Supervisor.Installations;

/// <summary>Makes the secrets of a new installation, each once, readable by its owner only.</summary>
public static class InstallationSecrets
{
    /// <summary>Makes what is missing. A secret that exists is never replaced: what it sealed would be lost.</summary>
    public static void Create(DataFolder data)
    {
        Write(data.MasterKey, () => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        Write(data.AdminToken, () => $"NEETO-{RandomNumberGenerator.GetHexString(48, lowercase: true)}");
        Write(data.RouterToken, () => RandomNumberGenerator.GetHexString(48, lowercase: true));
        Write(data.IngestToken, () => RandomNumberGenerator.GetHexString(48, lowercase: true));
        Write(data.SetupToken, () => RandomNumberGenerator.GetHexString(48, lowercase: true));
    }

    private static void Write(string file, Func<string> make)
    {
        if (!File.Exists(file))
            PrivateFile.Write(file, Encoding.ASCII.GetBytes(make()));
    }
}
