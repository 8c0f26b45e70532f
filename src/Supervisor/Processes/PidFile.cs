using System.Diagnostics;
using System.Globalization;

namespace NeetoDeploy.Supervisor.Processes;

/// <summary>
/// Which process runs under a name. It holds the start time as well, because a number alone may belong to somebody else after a
/// restart of the machine.
/// </summary>
internal sealed class PidFile(string path)
{
    public void Write(Process process) =>
        File.WriteAllText(path, string.Create(CultureInfo.InvariantCulture, $"{process.Id} {ProcessStatus.Of(process.Id)?.StartTicks}"));

    public void Delete() => File.Delete(path);

    /// <summary>The process that was written, if that very process still runs.</summary>
    public Process? Find()
    {
        if (!File.Exists(path) || File.ReadAllText(path).Split(' ') is not [var number, var started])
            return null;
        if (!int.TryParse(number, CultureInfo.InvariantCulture, out var pid) || ProcessStatus.Of(pid)?.StartTicks != started)
            return null;
        try
        {
            return Process.GetProcessById(pid);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
