using System.Diagnostics;
using NeetoDeploy.Supervisor.Processes;

namespace NeetoDeploy.Supervisor.Engines;

/// <summary>
/// Makes the engine of a socket answer. Where systemd runs, the engine is systemd's; elsewhere this starts it, and starts it again when it
/// has died. It is never stopped: apps outlive the control plane.
/// </summary>
public sealed class EngineKeeper(string socket, ProcessKeeper processes, TimeProvider time, TextWriter log)
{
    private const string PidFile = "/var/run/docker.pid";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);

    /// <summary>The engine that answers, started if need be.</summary>
    /// <exception cref="SupervisorException">None answers within a minute.</exception>
    public async Task<Engine> EnsureAsync(CancellationToken cancel)
    {
        if (await Engine.FindAsync(socket, cancel) is { } found)
            return found;
        var engine = await StartAsync(cancel);
        for (var started = time.GetTimestamp(); time.GetElapsedTime(started) < Patience; )
        {
            if (await Engine.AnswersAsync(socket, cancel))
                return new Engine { Socket = socket };
            await Task.Delay(Tick, time, cancel);
            if (engine is not { HasExited: true, ExitCode: not 0 })
                continue;
            // The one before it may still be on its way out, or another installation starts one.
            await Task.Delay(Pause, time, cancel);
            engine.Dispose();
            engine = await StartAsync(cancel);
        }
        throw new SupervisorException(
            $"The container engine does not answer on {socket} after {Patience.TotalSeconds:0} s. Its log says why: "
                + "logs/engine.log in the data folder, or 'journalctl -u docker' (or podman)."
        );
    }

    /// <summary>Looks every 2 s and starts a dead engine again, until cancelled.</summary>
    public async Task KeepAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(LookEvery, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stop.IsCancellationRequested || await Engine.FindAsync(socket, stop) is not null)
                continue;
            await log.WriteLineAsync($"{time.GetUtcNow():O} the container engine does not answer; starting it");
            try
            {
                await EnsureAsync(stop);
            }
            catch (Exception e) when (e is SupervisorException or OperationCanceledException)
            {
                await log.WriteLineAsync($"{time.GetUtcNow():O} {e.Message}");
            }
        }
    }

    /// <summary>The process that was started; null where it is systemd's.</summary>
    private async Task<Process?> StartAsync(CancellationToken cancel)
    {
        var (unit, command) = socket switch
        {
            // live-restore: containers go on when dockerd dies, and are adopted when it is back. Podman's never depend on its service.
            Engine.DockerSocket => ("docker", (string[])["dockerd", "--live-restore"]),
            // In a folder of its own: Podman 4 leaves a file where it was started when a container runs out of memory.
            Engine.PodmanSocket => (
                "podman.socket",
                ["env", "--chdir=/run/podman", "podman", "system", "service", "--time=0", $"unix://{socket}"]
            ),
            _ => throw new SupervisorException($"No engine answers on {socket}. Start it, or choose another: 'neeto up --engine SOCKET'."),
        };
        if (Directory.Exists("/run/systemd/system"))
        {
            using var systemctl = Process.Start(new ProcessStartInfo("systemctl", ["enable", "--now", unit]))!;
            await systemctl.WaitForExitAsync(cancel);
            return null;
        }
        // dockerd refuses to start while its pid file names any process: also one that is somebody else's by now, or a zombie.
        if (File.Exists(PidFile) && !ProcessStatus.IsRunning(await File.ReadAllTextAsync(PidFile, cancel), "dockerd"))
            File.Delete(PidFile);
        Directory.CreateDirectory(Path.GetDirectoryName(socket)!);
        return processes.StartDetached(new KeptProcess("engine", command, new Dictionary<string, string>(), Standing.Background));
    }
}
