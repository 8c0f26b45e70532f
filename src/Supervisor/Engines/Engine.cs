using System.Net.Sockets;

namespace NeetoDeploy.Supervisor.Engines;

/// <summary>The container engine of this machine: Docker or Podman behind its socket.</summary>
public sealed class Engine
{
    private static readonly string[] Sockets = ["/var/run/docker.sock", "/run/podman/podman.sock"];

    /// <summary>A unix socket's path.</summary>
    public required string Socket { get; init; }

    /// <summary>The engine that answers; null when none does.</summary>
    public static async Task<Engine?> FindAsync(CancellationToken cancel)
    {
        foreach (var socket in Sockets)
        {
            if (File.Exists(socket) && await AnswersAsync(socket, cancel))
                return new Engine { Socket = socket };
        }
        return null;
    }

    /// <summary>Whether <c>GET /_ping</c> is answered with success.</summary>
    public static async Task<bool> AnswersAsync(string socket, CancellationToken cancel)
    {
        using var client = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (_, connecting) =>
            {
                var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket), connecting);
                return new NetworkStream(connection, ownsSocket: true);
            },
        })
        { Timeout = TimeSpan.FromSeconds(5) };
        try
        {
            using var answer = await client.GetAsync(new Uri("http://engine/_ping"), cancel);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or SocketException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return false;
        }
    }
}
