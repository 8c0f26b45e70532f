using System.Runtime.InteropServices;

namespace NeetoDeploy.Cli.Output;

/// <summary>
/// Notices that nobody reads standard output any more, as in <c>neeto logs --tail | head -1</c>, also while there is nothing to write. The
/// runtime takes SIGPIPE for itself, and the console drops what it cannot write.
/// </summary>
internal static class OutputPipe
{
    private const int StandardOutput = 1;
    private const int ForEver = -1;
    private const int Interrupted = 4;

    /// <summary>Cancelled once the reading end is closed. What is no pipe never is.</summary>
    public static CancellationToken WatchClosing()
    {
        var closed = new CancellationTokenSource();
        new Thread(() => Wait(closed)) { IsBackground = true, Name = "output" }.Start();
        return closed.Token;
    }

    /// <summary>poll(2) without events waits for errors only: the writing end of a pipe has one when its readers are gone.</summary>
    private static void Wait(CancellationTokenSource closed)
    {
        var output = new PollFile { File = StandardOutput };
        while (poll(ref output, 1, ForEver) < 0)
        {
            if (Marshal.GetLastPInvokeError() != Interrupted)
                return;
        }
        closed.Cancel();
    }

    [DllImport("libc.so.6", SetLastError = true)]
    private static extern int poll(ref PollFile files, nuint count, int milliseconds);

    /// <summary><c>struct pollfd</c></summary>
    private struct PollFile
    {
        public int File;
        public short Events;
        public short Happened;
    }
}
