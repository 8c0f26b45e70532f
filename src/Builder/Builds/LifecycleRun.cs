using System.Globalization;
using System.Text.Json;
using NeetoDeploy.Builder.Posix;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Drivers.Abstractions.Builds;

namespace NeetoDeploy.Builder.Builds;

/// <summary>Runs detect, restore and build: one command, in a sandbox of its own.</summary>
internal sealed class LifecycleRun(IBuildSandboxes sandboxes, BuilderOptions options, SharedDownloads downloads, DebianLists lists)
{
    public const string SearchPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private const string PhasesFile = "phases.json";
    private const string FailedBuildpackFile = "failed-buildpack";
    private const string AskedBuildpacksFile = "asked-buildpacks";

    private static readonly BuildPhase[] Order = [BuildPhase.Detect, BuildPhase.Restore, BuildPhase.Build];

    private static readonly string[] Command =
    [
        "/cnb/lifecycle/lifecycle",
        "creator",
        "-app",
        "/app",
        "-layers",
        "/layers",
        "-platform",
        "/platform",
        "-phases",
        $"/layers/{PhasesFile}",
    ];

    /// <summary>The name that a sandbox and its label carry.</summary>
    public static string NameOf(BuildJob job) => $"{job.Id}.{job.Attempt}";

    /// <summary>Answers the lifecycle's exit code.</summary>
    public async Task<int> RunAsync(
        BuildJob job,
        AppFolder folder,
        StackImages stack,
        BuildpackChoice choice,
        BuildTranscript transcript,
        CancellationToken cancel
    )
    {
        var spec = new BuildSandboxSpec(
            NameOf(job),
            job.Stack,
            [
                new(folder.App, "/app", ReadOnly: false),
                new(folder.Layers, "/layers", ReadOnly: false),
                new(folder.Platform, "/platform", ReadOnly: true),
                new(folder.Buildpacks, BuildpackChoice.OfSource, ReadOnly: true),
                new(folder.Cache, "/cache", ReadOnly: false),
                new(folder.Temporary, "/tmp", ReadOnly: false),
                new(folder.Temporary, "/var/tmp", ReadOnly: false),
                new(downloads.Folder, "/downloads", ReadOnly: true),
                new(stack.LifecycleDirectory, "/cnb", ReadOnly: true),
                .. lists.Mount(stack),
                .. choice.Mounts,
                .. options.SandboxMounts,
            ],
            options.SandboxMemoryBytes,
            options.SandboxCpuMillis,
            options.SandboxPidsLimit
        );
        await using var sandbox = await sandboxes.StartAsync(spec, cancel);
        return await sandbox.RunAsync(
            [
                .. Command,
                "-detect-timeout",
                Seconds(options.DetectTime),
                "-buildpacks",
                choice.Folders,
                "-order",
                choice.OrderFile,
                "-system",
                choice.SystemFile,
            ],
            Variables(job),
            "/app",
            transcript.WriteAsync,
            cancel
        );
    }

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);

    /// <summary>What the lifecycle wrote down about its phases. Of the one in which it was killed it could not.</summary>
    /// <param name="killedAfter">How long it had run when it was killed: what the other phases leave of it is that one's. Null: it ended by itself.</param>
    public static IReadOnlyList<PhaseTiming> Phases(UntrustedFolder layers, TimeSpan? killedAfter)
    {
        var told = Told(layers);
        if (killedAfter is not { } all || Order.Where(phase => told.All(t => t.Phase != phase)).ToList() is not [var killed, ..])
            return told;
        var rest = all - told.Aggregate(TimeSpan.Zero, (sum, t) => sum + t.Duration);
        return [.. told, new PhaseTiming(killed, rest > TimeSpan.Zero ? rest : TimeSpan.Zero)];
    }

    private static IReadOnlyList<PhaseTiming> Told(UntrustedFolder layers)
    {
        try
        {
            var phases = JsonSerializer.Deserialize<List<Duration>>(layers.ReadText(PhasesFile) ?? "[]", JsonSerializerOptions.Web) ?? [];
            return [.. phases.Where(IsKnown).Select(ToTiming)];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    /// <summary>The buildpacks that had not said whether they apply when the lifecycle ended; null for none.</summary>
    public static string? AskedBuildpacks(UntrustedFolder layers) => Name(layers, AskedBuildpacksFile);

    /// <summary>The name for people of the buildpack at which the build failed; null when the lifecycle named none.</summary>
    public static string? FailedBuildpack(UntrustedFolder layers) => Name(layers, FailedBuildpackFile);

    /// <summary>What the last build said of itself is not this one's.</summary>
    public static void Forget(UntrustedFolder layers)
    {
        layers.Remove(PhasesFile);
        layers.Remove(FailedBuildpackFile);
        layers.Remove(AskedBuildpacksFile);
    }

    private static string? Name(UntrustedFolder layers, string file) =>
        layers.ReadText(file) is { Length: > 0 } name ? Sources.SourcePath.Show(name) : null;

    // Untrusted: only the phases that run in the sandbox, and no duration that would overflow.
    private static bool IsKnown(Duration d) => d is { Phase: "detect" or "restore" or "build", Milliseconds: >= 0 and < 86_400_000 };

    private static PhaseTiming ToTiming(Duration d) =>
        new(Enum.Parse<BuildPhase>(d.Phase!, ignoreCase: true), TimeSpan.FromMilliseconds(d.Milliseconds));

    private Dictionary<string, string> Variables(BuildJob job) =>
        new(options.BuildEnvironment)
        {
            ["PATH"] = SearchPath,
            ["HOME"] = "/cache/home",
            ["LANG"] = "C.UTF-8",
            ["STACK"] = job.Stack,
            ["CNB_STACK_ID"] = job.Stack,
            ["CNB_PLATFORM_API"] = Images.ImageDocuments.PlatformApi,
            // Classic buildpacks have these in their environment, and not only as files.
            ["REQUEST_ID"] = job.Id.ToString(),
            ["SOURCE_VERSION"] = job.Source.Version ?? "",
            ["NEETO_CACHE_DIR"] = "/cache",
            ["NEETO_DOWNLOADS_DIR"] = "/downloads",
            ["NEETO_DEBIAN_DIR"] = DebianLists.Place,
        };

    private sealed record Duration(string? Phase, long Milliseconds);
}
