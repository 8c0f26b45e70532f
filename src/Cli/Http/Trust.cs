using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace NeetoDeploy.Cli.Http;

/// <summary>Which servers are believed: those the machine trusts, and those of the login's own authority.</summary>
internal static class Trust
{
    /// <summary>Null: as the machine has it.</summary>
    /// <exception cref="CliException">The authority's file cannot be read.</exception>
    public static X509ChainPolicy? Policy(string? authorityFile)
    {
        if (authorityFile is null)
            return null;
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        using var machine = new X509Store(StoreName.Root, StoreLocation.LocalMachine, OpenFlags.ReadOnly);
        policy.CustomTrustStore.AddRange(machine.Certificates);
        try
        {
            policy.CustomTrustStore.ImportFromPemFile(authorityFile);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new CliException(
                ExitCode.Usage,
                $"The certificate authorities in {authorityFile} cannot be read: {e.Message}",
                "Check --ca-file of 'neeto login', or GIT_SSL_CAINFO."
            );
        }
        return policy;
    }

    public static SocketsHttpHandler Handler(string? authorityFile) =>
        new() { SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = Policy(authorityFile) } };
}
