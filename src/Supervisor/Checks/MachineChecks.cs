using NeetoDeploy.Supervisor.Engines;
using NeetoDeploy.Supervisor.Installations;
using NeetoDeploy.Supervisor.Processes;

namespace NeetoDeploy.Supervisor.Checks;

/// <summary>What <c>neeto doctor</c> looks at.</summary>
public sealed class MachineChecks(DataFolder data, Installation? installation)
{
    private const long LittleDisk = 5L << 30;

    /// <summary>Every finding, well or not, in the order in which the things depend on each other.</summary>
    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancel) =>
        [
            .. Programs(),
            Disk(),
            await EngineAsync(cancel),
            .. installation is null
                ? [new Finding("installation", $"none in {data.Root}", "Run 'neeto up'.")]
                : (Finding[])
                    [
                        new Finding("held", HeldDisk.Describe(data)),
                        Secrets(),
                        .. PortsOf(installation),
                        await RegistryAsync(installation, cancel),
                        await SiloAsync(installation, cancel),
                        .. await DashboardAsync(installation, cancel),
                        .. await StacksAsync(installation, cancel),
                        .. await new GitChecks(data, installation).RunAsync(cancel),
                    ],
        ];

    private static IEnumerable<Finding> Programs() =>
        from program in (string[])["git", "mmdebstrap", "docker-registry"]
        let found = (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(':')
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists)
        select found is null
            ? new Finding(program, "not installed", $"Install it: apt-get install {program}")
            : new Finding(program, found);

    private Finding Disk()
    {
        var existing = data.Root;
        while (!Directory.Exists(existing))
            existing = Path.GetDirectoryName(existing)!;
        var free = new DriveInfo(existing).AvailableFreeSpace;
        var fact = $"{free >> 30} GiB free for {data.Root}";
        return free < LittleDisk
            ? new Finding("disk", fact, "Builds need room: free at least 5 GiB, or move the data with --data.")
            : new Finding("disk", fact);
    }

    private async Task<Finding> EngineAsync(CancellationToken cancel)
    {
        var socket = installation?.EngineSocket;
        return await Engine.FindAsync(socket, cancel) is { } engine
            ? new Finding("engine", $"answers on {engine.Socket}")
            : new Finding(
                "engine",
                socket is null ? "no Docker or Podman socket answers" : $"does not answer on {socket}",
                "Run 'neeto up', which starts one, or 'systemctl start docker' (or podman.socket)."
            );
    }

    private Finding Secrets()
    {
        var missing = new[] { data.MasterKey, data.AdminToken, data.RouterToken, data.IngestToken }
            .Where(file => !File.Exists(file))
            .ToArray();
        return missing.Length == 0
            ? new Finding("secrets", "present")
            : new Finding(
                "secrets",
                $"missing: {string.Join(", ", missing)}",
                "Restore them from a backup. Without master.key, stored config vars cannot be read."
            );
    }

    private IEnumerable<Finding> PortsOf(Installation known)
    {
        using var keeper = KeeperLock.FindHolder(data);
        foreach (var (option, port) in Ports.Of(known))
        {
            yield return (Ports.IsFree(port), keeper is not null) switch
            {
                (true, true) => new Finding($"port {port}", $"nobody listens ({option})", "See 'neeto status' and the logs folder."),
                (false, false) => new Finding(
                    $"port {port}",
                    $"something else listens ({option})",
                    $"Stop it, or run 'neeto up {option} N'."
                ),
                (_, true) => new Finding($"port {port}", "ours"),
                _ => new Finding($"port {port}", "free"),
            };
        }
    }

    private static Task<Finding> RegistryAsync(Installation known, CancellationToken cancel) =>
        AnswerAsync(
            "registry",
            $"http://{known.Registry}/v2/",
            "It starts with 'neeto up'. If it does run: see logs/registry.log.",
            cancel
        );

    private static Task<Finding> SiloAsync(Installation known, CancellationToken cancel) =>
        AnswerAsync("silo and storage", $"{known.ApiUrl}/healthz", "It starts with 'neeto up'. If it does run: see logs/silo.log.", cancel);

    /// <summary>Nothing where the silo alone serves it.</summary>
    private static async Task<Finding[]> DashboardAsync(Installation known, CancellationToken cancel) =>
        known.DashboardPort == 0
            ? []
            :
            [
                await AnswerAsync(
                    "dashboard",
                    $"{known.DashboardUrl}/healthz",
                    "It starts with 'neeto up', once the silo answers. If it does run: see logs/dashboard.log.",
                    cancel
                ),
            ];

    /// <summary>Nothing while the silo is away, which another finding tells.</summary>
    private async Task<IEnumerable<Finding>> StacksAsync(Installation known, CancellationToken cancel)
    {
        using var silo = new HttpClient { BaseAddress = new Uri(known.ApiUrl), Timeout = TimeSpan.FromSeconds(5) };
        try
        {
            return (await StackReport.ReadAsync(silo, data, cancel)).Findings();
        }
        catch (Exception e)
            when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return [];
        }
    }

    private static async Task<Finding> AnswerAsync(string subject, string url, string advice, CancellationToken cancel)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        try
        {
            using var answer = await client.GetAsync(new Uri(url), cancel);
            return answer.IsSuccessStatusCode
                ? new Finding(subject, "answers")
                : new Finding(subject, $"answers with {(int)answer.StatusCode}", advice);
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return new Finding(subject, $"does not answer on {url}", advice);
        }
    }
}
