using System.Globalization;
using NeetoDeploy.Builder.Posix;
using NeetoDeploy.Drivers.Abstractions;
using NeetoDeploy.Drivers.Abstractions.Builds;

namespace NeetoDeploy.Builder.Builds;

/// <summary>
/// Debian's lists of packages, for all builds of a stack. A sandbox in which nothing of any app's is reads them, beside the first build of a day, and so beside
/// the first of a week, which is what buildpacks count by. Builds see the folder and cannot write it. To read and index them takes an app three seconds that has
/// to do it itself, as one does that is built before there are any.
/// </summary>
internal sealed class DebianLists(IBuildSandboxes sandboxes, BuilderOptions options, TimeProvider time) : IAsyncDisposable
{
    public const string Place = "/debian";

    private const string Program = "buildpacks/shared/debian-lists";
    private const string Sandbox = "debian-lists";
    private const string Draft = ".draft";
    private const string NameFormat = "yyyyMMddHHmmss";

    /// <summary>Builds that began with the lists before the newest still read them.</summary>
    private const int Kept = 2;

    private static readonly TimeSpan RetryPause = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly CancellationTokenSource ending = new();
    private readonly Lock gate = new();
    private readonly Dictionary<string, (Task Reading, DateTimeOffset Since)> readings = [];

    /// <summary>
    /// The newest lists for a sandbox; nothing while there are none, and when the stack's buildpacks want none. Has older ones read anew, and does not wait for it.
    /// </summary>
    public IEnumerable<SandboxMount> Mount(StackImages stack)
    {
        if (!File.Exists(Path.Combine(stack.LifecycleDirectory, Program)))
            return [];
        var newest = Lists(stack.Stack).FirstOrDefault();
        if (newest is null || TimeOf(newest).Date < time.GetUtcNow().Date)
            Read(stack);
        return newest is null ? [] : [new(newest, Place, ReadOnly: true)];
    }

    /// <summary>Removes what a process that was killed in the middle of a reading has left.</summary>
    public Task RemoveDeadAsync(CancellationToken cancel)
    {
        lock (gate)
        {
            if (readings.Values.Any(r => !r.Reading.IsCompleted))
                return Task.CompletedTask;
        }
        return sandboxes.RemoveAsync(Sandbox, cancel);
    }

    /// <summary>Ends when nothing is being read.</summary>
    public async Task SettleAsync()
    {
        Task[] running;
        lock (gate)
            running = [.. readings.Values.Select(r => r.Reading)];
        await Task.WhenAll(running);
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await SettleAsync();
        ending.Dispose();
    }

    private string FolderOf(string stack) => Path.Combine(Path.GetFullPath(options.BuildsDirectory), "debian", stack);

    /// <summary>The newest first.</summary>
    private IEnumerable<string> Lists(string stack) =>
        Directory.Exists(FolderOf(stack))
            ? Directory
                .GetDirectories(FolderOf(stack))
                .Where(path => Path.GetFileName(path) != Draft)
                .OrderDescending(StringComparer.Ordinal)
            : [];

    private static DateTimeOffset TimeOf(string path) =>
        DateTimeOffset.ParseExact(
            Path.GetFileName(path),
            NameFormat,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal
        );

    private void Read(StackImages stack)
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            if (!readings.TryGetValue(stack.Stack, out var last) || (last.Reading.IsCompleted && last.Since + RetryPause <= now))
                readings[stack.Stack] = (Task.Run(() => TryReadAsync(stack)), now);
        }
    }

    /// <summary>It is only about time: a build without lists reads its own.</summary>
    private async Task TryReadAsync(StackImages stack)
    {
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(ending.Token);
            patience.CancelAfter(Patience);
            await ReadAsync(stack, patience.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or DriverException or IOException or UnauthorizedAccessException)
        {
            // The next build after the pause tries again.
        }
    }

    private async Task ReadAsync(StackImages stack, CancellationToken cancel)
    {
        var draft = Path.Combine(FolderOf(stack.Stack), Draft);
        if (Directory.Exists(draft))
            Directory.Delete(draft, recursive: true);
        Directory.CreateDirectory(draft, FileModes.Executable);
        Ownership.Give(draft, stack.UserId);
        var spec = new BuildSandboxSpec(
            $"{Sandbox}-{stack.Stack}",
            stack.Stack,
            [new(draft, Place, ReadOnly: false), new(stack.LifecycleDirectory, "/cnb", ReadOnly: true), .. options.SandboxMounts],
            options.SandboxMemoryBytes,
            options.SandboxCpuMillis,
            options.SandboxPidsLimit
        );
        await using (var sandbox = await sandboxes.StartAsync(spec, cancel))
        {
            var variables = new Dictionary<string, string>(options.BuildEnvironment) { ["PATH"] = LifecycleRun.SearchPath };
            if (await sandbox.RunAsync([$"/cnb/{Program}", Place], variables, "/", _ => ValueTask.CompletedTask, cancel) != 0)
                return;
        }
        var name = time.GetUtcNow().ToString(NameFormat, CultureInfo.InvariantCulture);
        Directory.Move(draft, Path.Combine(FolderOf(stack.Stack), name));
        foreach (var old in Lists(stack.Stack).Skip(Kept))
            Directory.Delete(old, recursive: true);
    }
}
