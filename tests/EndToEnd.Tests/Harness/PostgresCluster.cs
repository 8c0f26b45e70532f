using System.Diagnostics;
using System.Globalization;

namespace NeetoDeploy.EndToEnd.Tests.Harness;

/// <summary>A PostgreSQL server of one test's own, in a temporary folder.</summary>
public sealed class PostgresCluster : IAsyncDisposable
{
    private static readonly Dictionary<string, string> Nothing = [];

    private readonly string folder = Path.Combine(Path.GetTempPath(), $"neeto-e2e-postgres-{Guid.NewGuid():N}");
    private readonly string port = Box.FreePort().ToString(CultureInfo.InvariantCulture);
    private Process? server;

    private string Cluster => Path.Combine(folder, "cluster");

    /// <summary>What <c>./neeto up --storage</c> takes.</summary>
    public string Url => $"postgres://postgres@127.0.0.1:{port}/postgres";

    public static async Task<PostgresCluster> StartAsync()
    {
        var cluster = new PostgresCluster();
        Directory.CreateDirectory(cluster.folder);
        if (Environment.IsPrivilegedProcess)
            (await new Command(["chown", "postgres", cluster.folder], Nothing, "/").RunAsync()).Ok();
        (
            await AsPostgres("initdb", "-D", cluster.Cluster, "-A", "trust", "-U", "postgres", "-N", "-E", "UTF8", "--no-locale").RunAsync()
        ).Ok();
        await cluster.LaunchAsync();
        return cluster;
    }

    /// <summary>Starts the server, at the beginning and after a stop.</summary>
    public async Task LaunchAsync()
    {
        server = AsPostgres("postgres", "-D", Cluster, "-p", port, "-k", "", "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off").Start();
        server.OutputDataReceived += (_, _) => { };
        server.ErrorDataReceived += (_, _) => { };
        server.BeginOutputReadLine();
        server.BeginErrorReadLine();
        await Wait.UntilAsync(
            "PostgreSQL",
            TimeSpan.FromSeconds(60),
            async () => (await AsPostgres("pg_isready", "-h", "127.0.0.1", "-p", port).RunAsync()).ExitCode == 0
        );
    }

    /// <summary>Ends its connections, and takes no more.</summary>
    public async Task StopAsync()
    {
        await Signal.SendAsync("-INT", server!.Id);
        await server.WaitForExitAsync();
        server.Dispose();
        server = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (server is { } running)
        {
            running.Kill();
            await running.WaitForExitAsync();
            running.Dispose();
        }
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>PostgreSQL refuses to run as root.</summary>
    private static Command AsPostgres(string program, params string[] arguments)
    {
        var path = Directory
            .GetDirectories("/usr/lib/postgresql")
            .Select(version => Path.Combine(version, "bin", program))
            .Last(File.Exists);
        string[] user = Environment.IsPrivilegedProcess ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] : [];
        return new Command([.. user, path, .. arguments], Nothing, "/");
    }
}
