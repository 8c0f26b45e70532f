using System.ComponentModel;
using System.Runtime.InteropServices;

namespace NeetoDeploy.Supervisor.Processes;

/// <summary>POSIX signals: .NET itself can only kill.</summary>
internal static partial class Signals
{
    private const int Term = 15;
    private const int NoSuchProcess = 3;

    /// <summary>Asks a process to end. One that has ended already is no error.</summary>
    public static void Terminate(int pid)
    {
        if (Send(pid, Term) != 0 && Marshal.GetLastPInvokeError() != NoSuchProcess)
            throw new Win32Exception();
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Send(int pid, int signal);
}
