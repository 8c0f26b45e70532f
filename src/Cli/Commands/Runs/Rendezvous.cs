using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using NeetoDeploy.Cli.Http;

namespace NeetoDeploy.Cli.Commands.Runs;

/// <summary>
/// Attaches to a one-off dyno: TLS, the secret and a newline, then the server's <c>rendezvous</c> line, then raw bytes both ways (Heroku's
/// rendezvous protocol).
/// </summary>
internal sealed class Rendezvous(Uri url, string? authorityFile, Surroundings around)
{
    private static readonly byte[] Greeting = "rendezvous\r\n"u8.ToArray();

    /// <summary>Carries bytes until the dyno has ended; answers its exit status.</summary>
    /// <param name="isTerminal">Without a terminal the end of input is sent as one byte 4.</param>
    public async Task<int> RunAsync(bool isTerminal, CancellationToken cancel)
    {
        using var connection = new TcpClient { NoDelay = true };
        await connection.ConnectAsync(url.Host, url.Port, cancel);
        await using var tls = new SslStream(connection.GetStream());
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions { TargetHost = url.Host, CertificateChainPolicy = Trust.Policy(authorityFile) },
            cancel
        );
        await tls.WriteAsync(Encoding.ASCII.GetBytes($"{url.PathAndQuery.TrimStart('/')}\r\n"), cancel);
        await ReadGreetingAsync(tls, cancel);

        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        // Never awaited: reading a terminal cannot be interrupted, and the process ends anyway.
        _ = SendAsync(tls, isTerminal, end.Token);
        var status = await ReceiveAsync(tls, cancel);
        await end.CancelAsync();
        return status
            ?? throw new CliException(
                ExitCode.Failed,
                "The connection to the dyno ended before its exit status came.",
                "'neeto ps' shows whether it still runs."
            );
    }

    private static async Task ReadGreetingAsync(SslStream tls, CancellationToken cancel)
    {
        var greeting = new byte[Greeting.Length];
        var count = await tls.ReadAtLeastAsync(greeting, greeting.Length, throwOnEndOfStream: false, cancel);
        if (!greeting.AsSpan(0, count).SequenceEqual(Greeting))
            throw new CliException(
                ExitCode.Failed,
                "The installation did not accept the session.",
                "Run the command again: each session is for one use."
            );
    }

    private async Task<int?> ReceiveAsync(SslStream tls, CancellationToken cancel)
    {
        var marker = new ExitMarker();
        await using var output = around.OpenOutput();
        var buffer = new byte[16 << 10];
        try
        {
            while (await tls.ReadAsync(buffer, cancel) is > 0 and var count)
            {
                await output.WriteAsync(marker.Take(buffer.AsSpan(0, count)), cancel);
                await output.FlushAsync(cancel);
            }
        }
        catch (IOException)
        {
            // Broken off; whether too early is said by the marker.
        }
        await output.WriteAsync(marker.Drain(), cancel);
        return marker.ExitCode;
    }

    private async Task SendAsync(SslStream tls, bool isTerminal, CancellationToken cancel)
    {
        await using var input = around.OpenInput();
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
}
