using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace NeetoDeploy.Builder.Launcher;

/// <summary>Puts another program in this process's place.</summary>
internal static partial class Exec
{
    private const int SigPipe = 13;
    private const int NotFound = 2;

    /// <summary>Executes <paramref name="words"/>, looking the first one up in the new PATH.</summary>
    [DoesNotReturn]
    public static void Replace(IReadOnlyList<string> words, IReadOnlyDictionary<string, string> environment)
    {
        if (words.Count == 0 || words[0].Length == 0)
            throw new LaunchException("the process has an empty command");
        // The .NET runtime ignores SIGPIPE, and an ignored signal stays ignored in the program executed.
        signal(SigPipe, 0);
        string?[] arguments = [.. words, null];
        string?[] variables = [.. environment.Select(v => $"{v.Key}={v.Value}"), null];
        var error = NotFound;
        foreach (var path in Candidates(words[0], environment))
        {
            execve(path, arguments, variables);
            error = Marshal.GetLastPInvokeError();
            if (error != NotFound)
                break;
        }
        throw new LaunchException($"cannot run '{words[0]}': {Marshal.GetPInvokeErrorMessage(error)}");
    }

    private static IEnumerable<string> Candidates(string command, IReadOnlyDictionary<string, string> environment) =>
        command.Contains('/') ? [command] : environment["PATH"].Split(':').Where(p => p.Length > 0).Select(p => Path.Combine(p, command));

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int execve(string path, string?[] arguments, string?[] environment);

    [LibraryImport("libc")]
    private static partial nint signal(int number, nint handler);
}
