using System.Diagnostics;
using NeetoDeploy.Supervisor.Installations;

namespace NeetoDeploy.Supervisor.Processes;

/// <summary>Starts a process, and starts it again whenever it ends, until it is told to stop.</summary>
public sealed class ProcessKeeper(DataFolder data, TimeProvider time, TextWriter log)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Steady = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(15);

    private const long LargestLog = 16 << 20;

    /// <summary>Keeps the process until cancelled; then SIGTERM, 15 s, SIGKILL.</summary>
    public async Task KeepAsync(KeptProcess kept, CancellationToken stop)
    {
        await EndStrayAsync(kept.Name);
        for (var pause = FirstPause; !stop.IsCancellationRequested; )
        {
            var started = time.GetTimestamp();
            var exitCode = await RunOnceAsync(kept, stop);
            if (stop.IsCancellationRequested)
                return;
            if (time.GetElapsedTime(started) > Steady)
                pause = FirstPause;
            await log.WriteLineAsync(
                $"{time.GetUtcNow():O} {kept.Name} ended with {exitCode}; it starts again in {pause.TotalSeconds:0.0} s (see {data.Log(kept.Name)})"
            );
            await Task.Delay(pause, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestPause.Ticks));
        }
    }

    /// <summary>Starts a process that nobody waits for: it has a session of its own and outlives the keeper.</summary>
    public Process StartDetached(KeptProcess kept) => Start(kept, hasOwnSession: true);

    private async Task<int> RunOnceAsync(KeptProcess kept, CancellationToken stop)
    {
        var pid = new PidFile(data.Pid(kept.Name));
        using var process = Start(kept, hasOwnSession: kept.Standing == Standing.Urgent);
        pid.Write(process);
        await process.WaitForExitAsync(stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!process.HasExited)
            await EndAsync(process);
        pid.Delete();
        return process.ExitCode;
    }

    private Process Start(KeptProcess kept, bool hasOwnSession)
    {
        Rotate(data.Log(kept.Name));
        string[] session = hasOwnSession ? ["setsid"] : [];
        string[] standing = kept.Standing switch
        {
            Standing.Urgent => [Script("urgent")],
            Standing.Background => [Script("background")],
            _ => [],
        };
        var start = new ProcessStartInfo(Script("logged"), [data.Log(kept.Name), .. session, .. standing, .. kept.Command]);
        foreach (var (name, value) in kept.Environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>A keeper that was killed leaves its processes behind; they hold our ports.</summary>
    public async Task EndStrayAsync(string name)
    {
        using var stray = new PidFile(data.Pid(name)).Find();
        if (stray is not null)
            await EndAsync(stray);
    }

    private async Task EndAsync(Process process)
    {
        Signals.Terminate(process.Id);
        using var deadline = new CancellationTokenSource(Grace, time);
        await process.WaitForExitAsync(deadline.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync(CancellationToken.None);
    }

    private static string Script(string name) => Path.Combine(AppContext.BaseDirectory, name);

    private static void Rotate(string file)
    {
        if (new FileInfo(file) is { Exists: true, Length: > LargestLog })
            File.Move(file, file + ".1", overwrite: true);
    }
}
