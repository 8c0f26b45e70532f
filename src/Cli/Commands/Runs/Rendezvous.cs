using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace NeetoDeploy.Cli.Commands.Runs;

/// <summary>
/// Attaches to a one-off dyno: TLS, the secret and a newline, then the server's <c>rendezvous</c> line, then raw bytes both ways (Heroku's
/// rendezvous protocol).
/// </summary>
internal sealed class Rendezvous(Uri url, string? authorityFile)
{
    private static readonly byte[] Greeting = "rendezvous\r\n"u8.ToArray();

    /// <summary>Carries bytes until the dyno has ended; answers its exit status.</summary>
    /// <param name="isTerminal">Without a terminal the end of input is sent as one byte 4.</param>
    public async Task<int> RunAsync(bool isTerminal, CancellationToken cancel)
    {
        using var connection = new TcpClient { NoDelay = true };
        await connection.ConnectAsync(url.Host, url.Port, cancel);
        await using var tls = new SslStream(connection.GetStream());
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = url.Host, CertificateChainPolicy = Trust() }, cancel);
        await tls.WriteAsync(Encoding.ASCII.GetBytes($"{url.PathAndQuery.TrimStart('/')}\r\n"), cancel);
        await ReadGreetingAsync(tls, cancel);

        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var input = SendAsync(tls, isTerminal, end.Token);
        var status = await ReceiveAsync(tls, cancel);
        await end.CancelAsync();
        // Reading a terminal cannot be interrupted; the process ends anyway.
        await Task.WhenAny(input, Task.CompletedTask);
        return status ?? throw new CliException(ExitCode.Failed, "The connection to the dyno ended before its exit status came.");
    }

    private static async Task ReadGreetingAsync(SslStream tls, CancellationToken cancel)
    {
        var greeting = new byte[Greeting.Length];
        await tls.ReadExactlyAsync(greeting, cancel);
        if (!greeting.AsSpan().SequenceEqual(Greeting))
            throw new CliException(ExitCode.Failed, "The installation did not accept the session.", "Run the command again: each session is for one use.");
    }

    private static async Task<int?> ReceiveAsync(SslStream tls, CancellationToken cancel)
    {
        var marker = new ExitMarker();
        await using var output = Console.OpenStandardOutput();
        var buffer = new byte[16 << 10];
        while (await tls.ReadAsync(buffer, cancel) is > 0 and var count)
        {
            await output.WriteAsync(marker.Take(buffer.AsSpan(0, count)), cancel);
            await output.FlushAsync(cancel);
        }
        await output.WriteAsync(marker.Drain(), cancel);
        return marker.ExitCode;
    }

    private static async Task SendAsync(SslStream tls, bool isTerminal, CancellationToken cancel)
    {
        await using var input = Console.OpenStandardInput();
        var buffer = new byte[4 << 10];
        try
        {
            while (await input.ReadAsync(buffer, cancel) is > 0 and var count)
                await tls.WriteAsync(buffer.AsMemory(0, count), cancel);
            if (!isTerminal)
                await tls.WriteAsync(new byte[] { 4 }, cancel);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The dyno has ended first.
        }
    }

    private X509ChainPolicy? Trust()
    {
        if (authorityFile is null)
            return null;
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPemFile(authorityFile);
        return policy;
    }
}
