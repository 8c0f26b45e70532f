using System.Globalization;

namespace NeetoDeploy.Supervisor.Processes;

/// <summary>What <c>/proc/PID/stat</c> tells of a process (proc(5)): the name of its program, at most 15 characters, and when it started.</summary>
internal sealed record ProcessStatus(string Program, string StartTicks)
{
    /// <summary>Null when there is no such process. A zombie counts as none.</summary>
    public static ProcessStatus? Of(int pid)
    {
        try
        {
            var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat"));
            var (open, close) = (stat.IndexOf('('), stat.LastIndexOf(')'));
            var fields = stat[(close + 2)..].Split(' ');
            return fields[0] == "Z" ? null : new ProcessStatus(stat[(open + 1)..close], fields[19]);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Whether the process of this number, as a pid file holds it, runs that program.</summary>
    public static bool IsRunning(string pid, string program) =>
        int.TryParse(pid, CultureInfo.InvariantCulture, out var number) && Of(number)?.Program == program;
}
