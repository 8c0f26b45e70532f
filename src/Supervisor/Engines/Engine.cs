using System.Net.Sockets;

namespace NeetoDeploy.Supervisor.Engines;

/// <summary>The container engine of this machine: Docker or Podman behind its socket.</summary>
public sealed class Engine
{
    public const string DockerSocket = "/var/run/docker.sock";
    public const string PodmanSocket = "/run/podman/podman.sock";

    /// <summary>A unix socket's path.</summary>
    public required string Socket { get; init; }

    /// <summary>The engine that answers on this socket, or on one of the usual ones when none is given; null when none does.</summary>
    public static async Task<Engine?> FindAsync(string? socket, CancellationToken cancel)
    {
        foreach (var candidate in socket is null ? [DockerSocket, PodmanSocket] : (string[])[socket])
        {
            if (File.Exists(candidate) && await AnswersAsync(candidate, cancel))
                return new Engine { Socket = candidate };
        }
        return null;
    }

    /// <summary>
    /// The socket that a new installation uses: one that answers, else that of the engine to start. It is chosen once, as what is on one
    /// engine is not on another.
    /// </summary>
    public static async Task<string> ChooseAsync(CancellationToken cancel) =>
        await FindAsync(null, cancel) is { } found ? found.Socket
        : IsInstalled("podman") && !IsInstalled("dockerd") ? PodmanSocket
        : DockerSocket;

    private static bool IsInstalled(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));

    /// <summary>Whether <c>GET /_ping</c> is answered with success.</summary>
    public static async Task<bool> AnswersAsync(string socket, CancellationToken cancel)
    {
        using var client = new HttpClient(
            new SocketsHttpHandler
            {
                ConnectCallback = async (_, connecting) =>
                {
                    var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                    await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket), connecting);
                    return new NetworkStream(connection, ownsSocket: true);
                },
            }
        )
        {
            Timeout = TimeSpan.FromSeconds(5),
        };
        try
        {
            using var answer = await client.GetAsync(new Uri("http://engine/_ping"), cancel);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e)
            when (e is HttpRequestException or SocketException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return false;
        }
    }
}
