using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using NeetoDeploy.Api.Tests.Host;

namespace NeetoDeploy.Cli.Tests.Harness;

/// <summary>The far end of one rendezvous session: real TLS, and a dyno that does what the test tells it to.</summary>
internal sealed class ScriptedDyno : IAsyncDisposable
{
    private readonly TestCertificate certificate = new();
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Task serving;

    /// <param name="script">Gets the connection with nothing read from it; it is closed when the script returns.</param>
    public ScriptedDyno(Func<SslStream, Task> script)
    {
        listener.Start();
        serving = ServeAsync(script);
    }

    public string Url => $"rendezvous://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}/run-secret";

    /// <summary>PEM of who signed the dyno's certificate.</summary>
    public string AuthorityFile => certificate.File;

    /// <summary>Greets like an installation, then writes these pieces, each on its own.</summary>
    public static ScriptedDyno Writing(params string[] pieces) =>
        new(async connection =>
        {
            await GreetAsync(connection);
            foreach (var piece in pieces)
                await connection.WriteAsync(System.Text.Encoding.UTF8.GetBytes(piece));
        });

    /// <summary>Reads the secret, and lets the client in.</summary>
    public static async Task<string> GreetAsync(SslStream connection)
    {
        var secret = await ReadUntilAsync(connection, (byte)'\n');
        await connection.WriteAsync("rendezvous\r\n"u8.ToArray());
        return secret;
    }

    /// <summary>Everything up to a byte, with it.</summary>
    public static async Task<string> ReadUntilAsync(SslStream connection, byte end)
    {
        var bytes = new List<byte>();
        var one = new byte[1];
        while (bytes.Count == 0 || bytes[^1] != end)
        {
            await connection.ReadExactlyAsync(one);
            bytes.Add(one[0]);
        }
        return System.Text.Encoding.UTF8.GetString([.. bytes]);
    }

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        await serving;
        listener.Dispose();
        certificate.Dispose();
    }

    private async Task ServeAsync(Func<SslStream, Task> script)
    {
        try
        {
            using var client = await listener.AcceptTcpClientAsync();
            await using var tls = new SslStream(client.GetStream());
            await tls.AuthenticateAsServerAsync(certificate.Server);
            await script(tls);
            await tls.ShutdownAsync();
        }
        catch (Exception e)
            when (e
                    is SocketException
                        or IOException
                        or ObjectDisposedException
                        or OperationCanceledException
                        or System.Security.Authentication.AuthenticationException
            )
        {
            // Nobody came, or the client has hung up.
        }
    }
}
