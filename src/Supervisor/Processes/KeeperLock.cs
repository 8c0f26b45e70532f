using System.Diagnostics;
using NeetoDeploy.Supervisor.Installations;

namespace NeetoDeploy.Supervisor.Processes;

/// <summary>One keeper per data folder. The kernel frees the lock however the keeper ends; the pid file beside it says whom to signal.</summary>
public sealed class KeeperLock : IDisposable
{
    private readonly FileStream file;
    private readonly PidFile pid;

    private KeeperLock(FileStream file, PidFile pid)
    {
        this.file = file;
        this.pid = pid;
    }

    /// <summary>Takes the lock for this process; null when another has it.</summary>
    public static KeeperLock? TryTake(DataFolder data)
    {
        try
        {
            var file = new FileStream(data.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            var pid = new PidFile(data.Pid("keeper"));
            using var own = Process.GetCurrentProcess();
            pid.Write(own);
            return new KeeperLock(file, pid);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>The keeper of this data folder; null when none runs.</summary>
    public static Process? FindHolder(DataFolder data) => new PidFile(data.Pid("keeper")).Find();

    public void Dispose()
    {
        pid.Delete();
        file.Dispose();
    }
}
