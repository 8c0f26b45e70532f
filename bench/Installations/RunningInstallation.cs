using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using NeetoDeploy.Bench.Router;

namespace NeetoDeploy.Bench.Installations;

/// <summary>An installation that <c>./neeto up</c> made for a measurement, in a folder that goes with it.</summary>
internal sealed class RunningInstallation : IAsyncDisposable
{
    private readonly string root;
    private readonly string data = Directory.CreateTempSubdirectory("neeto-bench-").FullName;

    private RunningInstallation(string root)
    {
        this.root = root;
        (ApiPort, RouterPort, TlsPort) = (Ports.Free(), Ports.Free(), Ports.Free());
    }

    public int ApiPort { get; }

    public int RouterPort { get; }

    public int TlsPort { get; }

    /// <summary>The official CLI where <c>./neeto test</c> has installed it, or where NEETO_TEST_HEROKU says; null when there is none.</summary>
    public static string? Heroku { get; } =
        new[]
        {
            Environment.GetEnvironmentVariable("NEETO_TEST_HEROKU"),
            Path.Combine(Checkout.Root, "artifacts", "tools", "node_modules", ".bin", "heroku"),
        }.FirstOrDefault(File.Exists);

    public string Script => Path.Combine(root, "neeto");

    public string Token => File.ReadAllText(Path.Combine(data, "secrets", "admin.token")).Trim();

    /// <summary>Certificate authorities for git.</summary>
    public string Authorities => Path.Combine(data, "tls", "bundle.pem");

    public static async Task<RunningInstallation> StartAsync(string root, CancellationToken cancel)
    {
        var installation = new RunningInstallation(root);
        await installation.NeetoAsync(
            [
                "up",
                "--detach",
                "--no-sample",
                "--api-port",
                Text(installation.ApiPort),
                "--router-port",
                Text(installation.RouterPort),
                "--tls-port",
                Text(installation.TlsPort),
                "--registry-port",
                Text(Ports.Free()),
            ],
            cancel
        );
        return installation;
    }

    /// <summary>The Platform API as the administrator.</summary>
    public HttpClient NewApi() =>
        new()
        {
            BaseAddress = new Uri($"http://127.0.0.1:{ApiPort}"),
            DefaultRequestHeaders =
            {
                Accept = { MediaTypeWithQualityHeaderValue.Parse("application/vnd.heroku+json; version=3") },
                Authorization = new AuthenticationHeaderValue("Bearer", Token),
            },
        };

    /// <summary>Requests as collectors of log lines make them.</summary>
    public HttpClient NewCollector() =>
        new()
        {
            BaseAddress = new Uri($"http://127.0.0.1:{ApiPort}"),
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", IngestToken) },
        };

    /// <summary>Makes an app, and tells its id.</summary>
    public async Task<Guid> CreateAppAsync(string name, CancellationToken cancel)
    {
        using var api = NewApi();
        var created = (await api.PostAsJsonAsync("/apps", new { name }, cancel)).EnsureSuccessStatusCode();
        return (await created.Content.ReadFromJsonAsync<CreatedApp>(cancel))!.Id;
    }

    /// <summary>Requests to apps: every host name leads to this machine.</summary>
    public static HttpClient NewWeb() =>
        new(
            new SocketsHttpHandler
            {
                ConnectCallback = async (context, cancel) =>
                {
                    var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                    await socket.ConnectAsync(System.Net.IPAddress.Loopback, context.DnsEndPoint.Port, cancel);
                    return new NetworkStream(socket, ownsSocket: true);
                },
            }
        );

    /// <summary>What collectors of logs show.</summary>
    /// <summary>Without a slash at the end.</summary>
    public string Dashboard => $"http://127.0.0.1:{Text(ApiPort)}/dashboard";

    /// <summary>Where the administrator's account is made.</summary>
    public string SetupLink => $"{Dashboard}/setup?token={File.ReadAllText(Path.Combine(data, "secrets", "setup.token")).Trim()}";

    private string IngestToken => File.ReadAllText(Path.Combine(data, "secrets", "ingest.token")).Trim();

    /// <summary>What its dynos' labels say.</summary>
    public string Id =>
        JsonDocument
            .Parse(File.ReadAllText(Path.Combine(data, "run", "silo.json")))
            .RootElement.GetProperty("Neeto")
            .GetProperty("InstallationId")
            .GetString()!;

    /// <summary>Processor seconds of one of its processes so far.</summary>
    public double ProcessorSecondsOf(string process) => ChildProcess.ProcessorSecondsOf(PidOf(process));

    /// <summary>Resident memory of one of its processes, in bytes.</summary>
    public long MemoryOf(string process) => StatusOf(process, "VmRSS:");

    /// <summary>The most it ever was.</summary>
    public long PeakMemoryOf(string process) => StatusOf(process, "VmHWM:");

    /// <summary>What <c>./neeto env</c> exports.</summary>
    public async Task<Dictionary<string, string>> EnvironmentAsync(CancellationToken cancel)
    {
        var exports = await NeetoAsync(["env"], cancel);
        return exports
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line["export ".Length..].Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[1].Trim('\''));
    }

    public async ValueTask DisposeAsync()
    {
        await NeetoAsync(["down", "--all"], CancellationToken.None);
        Directory.Delete(data, recursive: true);
    }

    // proc(5)
    private long StatusOf(string process, string field)
    {
        var line = File.ReadLines($"/proc/{PidOf(process)}/status").Single(l => l.StartsWith(field, StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) << 10;
    }

    private int PidOf(string process) =>
        int.Parse(File.ReadAllText(Path.Combine(data, "run", $"{process}.pid")).Split(' ')[0], CultureInfo.InvariantCulture);

    private Task<string> NeetoAsync(string[] arguments, CancellationToken cancel) =>
        Tool.RunAsync([Script, .. arguments, "--data", data], root, new Dictionary<string, string>(), cancel);

    private sealed record CreatedApp(Guid Id);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
