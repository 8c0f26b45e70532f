using System.Diagnostics;
using Npgsql;

[assembly: AssemblyFixture(typeof(NeetoDeploy.Silo.Tests.Storage.PostgresServer))]

namespace NeetoDeploy.Silo.Tests.Storage;

/// <summary>A PostgreSQL server of this test run's own, in a temporary folder; each test gets a database in it.</summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"neeto-postgres-{Guid.NewGuid():N}");
    private readonly int port = FreePort.Find();
    private Process? server;

    private string Cluster => Path.Combine(folder, "cluster");

    public string Url(string database) => $"postgres://postgres@127.0.0.1:{port}/{database}";

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(folder);
        if (Environment.IsPrivilegedProcess)
            await RunAsync("chown", "postgres", folder);
        await RunAsync([.. AsPostgres("initdb"), "-D", Cluster, "-A", "trust", "-U", "postgres", "-N", "-E", "UTF8", "--no-locale"]);
        server = Start([
            .. AsPostgres("postgres"),
            "-D",
            Cluster,
            "-p",
            $"{port}",
            "-k",
            "",
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            "fsync=off",
            "-c",
            "max_connections=300",
        ]);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Stop();
        await Eventually.SucceedsAsync(() => ExecuteAsync("SELECT 1"), "PostgreSQL accepts connections");
    }

    public async Task<string> CreateDatabaseAsync()
    {
        var name = $"test_{Guid.NewGuid():N}";
        await ExecuteAsync($"CREATE DATABASE {name}");
        return Url(name);
    }

    public ValueTask DisposeAsync()
    {
        Stop();
        server?.WaitForExit();
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create($"Host=127.0.0.1;Port={port};Username=postgres;Database=postgres;Pooling=false");
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private void Stop()
    {
        if (server is { HasExited: false })
            server.Kill();
    }

    /// <summary>PostgreSQL refuses to run as root.</summary>
    private static string[] AsPostgres(string program)
    {
        var path = Directory
            .GetDirectories("/usr/lib/postgresql")
            .Select(version => Path.Combine(version, "bin", program))
            .Last(File.Exists);
        return Environment.IsPrivilegedProcess ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", path] : [path];
    }

    private static async Task RunAsync(params string[] command)
    {
        using var process = Start(command);
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{command[0]} ended with {process.ExitCode}");
    }

    private static Process Start(string[] command)
    {
        var start = new ProcessStartInfo(command[0])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        foreach (var argument in command[1..])
            start.ArgumentList.Add(argument);
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }
}
