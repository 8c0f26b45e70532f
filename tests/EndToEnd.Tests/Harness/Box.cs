using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace NeetoDeploy.EndToEnd.Tests.Harness;

/// <summary>One installation made by <c>./neeto up</c> on free ports, with a data folder and a HOME of its own.</summary>
public sealed partial class Box : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("neeto-e2e-").FullName;

    private Box(string? data)
    {
        Data = data ?? Path.Combine(folder, "data");
        Directory.CreateDirectory(Home);
        (ApiPort, RouterPort, TlsPort, RegistryPort) = (FreePort(), FreePort(), FreePort(), FreePort());
    }

    public string Data { get; }

    public string Home => Path.Combine(folder, "home");

    public int ApiPort { get; }

    public int RouterPort { get; }

    public int TlsPort { get; }

    public int RegistryPort { get; }

    /// <summary>What <c>./neeto env</c> exports.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; private set; } = new Dictionary<string, string>();

    /// <summary>The Platform API as the admin.</summary>
    public HttpClient Api { get; private set; } = new();

    /// <summary>Requests to apps; each test names the host.</summary>
    public HttpClient Web { get; } =
        new(new SocketsHttpHandler { ConnectCallback = ToLoopbackAsync, AllowAutoRedirect = false })
        {
            Timeout = TimeSpan.FromSeconds(100),
        };

    /// <summary>An installation that nobody has started.</summary>
    public static Box NotStarted() => new(data: null);

    public static Task<Box> StartAsync(CancellationToken cancel, params string[] more) => StartAsync(data: null, cancel, more);

    /// <param name="data">The data folder, which whoever names it removes; null: one of the box's own.</param>
    public static async Task<Box> StartAsync(string? data, CancellationToken cancel, params string[] more)
    {
        var box = new Box(data);
        await box.UpAsync(cancel, more);
        return box;
    }

    /// <summary>Runs <c>./neeto up --detach</c>.</summary>
    public async Task<CommandResult> UpAsync(CancellationToken cancel, params string[] more)
    {
        var result = (await Neeto(["up", "--detach", .. Settings(), .. more]).RunAsync(cancel: cancel)).Ok();
        var exports = (await Neeto(["env", "--data", Data]).RunAsync(cancel: cancel)).Ok().Output;
        Environment = exports
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line["export ".Length..].Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[1].Trim('\''));
        Api.Dispose();
        Api = NewApi(Environment["NEETO_TOKEN"]);
        return result;
    }

    /// <summary><c>./neeto up</c> in the foreground.</summary>
    public Command Up() => Neeto(["up", .. Settings()]);

    /// <summary>The options of <c>up</c> for an installation of its own.</summary>
    private IEnumerable<string> Settings() =>
        [
            "--no-sample",
            "--data",
            Data,
            "--api-port",
            Text(ApiPort),
            "--router-port",
            Text(RouterPort),
            "--tls-port",
            Text(TlsPort),
            "--registry-port",
            Text(RegistryPort),
            .. EngineBelongings.Socket is { } engine ? (string[])["--engine", engine] : [],
        ];

    public HttpClient NewApi(string token) =>
        new()
        {
            BaseAddress = new Uri($"http://127.0.0.1:{ApiPort}"),
            DefaultRequestHeaders =
            {
                Accept = { MediaTypeWithQualityHeaderValue.Parse("application/vnd.heroku+json; version=3") },
                Authorization = new AuthenticationHeaderValue("Bearer", token),
            },
        };

    /// <summary><c>./neeto …</c></summary>
    public Command Neeto(IEnumerable<string> arguments, string? directory = null) => Program([Checkout.Script, .. arguments], directory);

    /// <summary>The official CLI.</summary>
    public Command Heroku(IEnumerable<string> arguments, string? directory = null) => Program([HerokuPath, .. arguments], directory);

    /// <summary>The official CLI that <c>./neeto test</c> has installed.</summary>
    public static string HerokuPath { get; } =
        System.Environment.GetEnvironmentVariable("NEETO_TEST_HEROKU")
        ?? Path.Combine(Checkout.Root, "artifacts", "tools", "node_modules", ".bin", "heroku");

    /// <summary>A program in this installation's environment.</summary>
    public Command Program(IReadOnlyList<string> line, string? directory = null) => new(line, Variables(), directory ?? Home);

    public string Url(string app, string path = "/") => $"http://{app}.localhost:{RouterPort}{path}";

    public bool HasPid(string process) => File.Exists(Path.Combine(Data, "run", $"{process}.pid"));

    /// <summary>The pid of one of its processes: <c>silo</c>, <c>router</c>, <c>registry</c>, <c>keeper</c>.</summary>
    public int Pid(string process) =>
        int.Parse(File.ReadAllText(Path.Combine(Data, "run", $"{process}.pid")).Split(' ')[0], CultureInfo.InvariantCulture);

    public string Log(string process) => File.ReadAllText(Path.Combine(Data, "logs", $"{process}.log"));

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        Web.Dispose();
        if (Directory.Exists(Data))
        {
            await Neeto(["down", "--all", "--data", Data]).RunAsync(cancel: CancellationToken.None);
            await EngineBelongings.RemoveImagesAsync(Data);
        }
        KeepLogs();
        Directory.Delete(folder, recursive: true);
    }

    private Dictionary<string, string> Variables() =>
        new(Environment)
        {
            ["HOME"] = Home,
            // git asks the CLI for the password, by its name.
            ["PATH"] = $"{Path.GetDirectoryName(HerokuPath)}:{System.Environment.GetEnvironmentVariable("PATH")}",
            ["XDG_CONFIG_HOME"] = Path.Combine(Home, ".config"),
            ["XDG_CACHE_HOME"] = Path.Combine(Home, ".cache"),
            ["XDG_DATA_HOME"] = Path.Combine(Home, ".local", "share"),
            ["HEROKU_DISABLE_AUTOUPDATE"] = "1",
            ["NEETO_DATA"] = Data,
            ["GIT_CONFIG_NOSYSTEM"] = "1",
            ["DOTNET_NOLOGO"] = "1",
            ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
        };

    /// <summary>For whoever looks at a failed run.</summary>
    private void KeepLogs()
    {
        var source = Path.Combine(Data, "logs");
        if (!Directory.Exists(source))
            return;
        var target = Directory.CreateDirectory(Path.Combine(Checkout.Root, "artifacts", "test-logs", $"box-{ApiPort}"));
        foreach (var file in Directory.EnumerateFiles(source))
            File.Copy(file, Path.Combine(target.FullName, Path.GetFileName(file)), overwrite: true);
    }

    private static async ValueTask<Stream> ToLoopbackAsync(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, context.DnsEndPoint.Port), cancel);
        return new NetworkStream(socket, ownsSocket: true);
    }

    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
