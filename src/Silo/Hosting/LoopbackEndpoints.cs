using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using NeetoDeploy.Api.Rendezvous;

namespace NeetoDeploy.Silo.Hosting;

/// <summary>The two ports of the control plane, both for this machine only.</summary>
internal static class LoopbackEndpoints
{
    public static void ListenOnLoopback(this IWebHostBuilder web, SiloOptions options)
    {
        var certificate = ReadCertificate(Path.Combine(options.DataDirectory, "tls"));
        web.UseKestrelHttpsConfiguration();
        web.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, options.ApiPort, plain => plain.Protocols = HttpProtocols.Http1);
            kestrel.Listen(
                IPAddress.Loopback,
                options.TlsPort,
                tls =>
                {
                    // Attached dynos speak a protocol of their own on this port, which is no HTTP/2.
                    tls.Protocols = HttpProtocols.Http1;
                    tls.UseHttps(certificate).UseRendezvous();
                }
            );
        });
    }

    private static X509Certificate2 ReadCertificate(string folder)
    {
        var (certificate, key) = (Path.Combine(folder, "server.pem"), Path.Combine(folder, "server.key"));
        try
        {
            return X509Certificate2.CreateFromPemFile(certificate, key);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new SettingException($"The certificate {certificate} with its key {key} cannot be read: {cause.Message}");
        }
    }
}
