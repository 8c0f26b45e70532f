using System.Diagnostics;
using System.Text;

namespace NeetoDeploy.Builder.Lifecycle.Platform;

/// <summary>
/// Runs a buildpack's programs. One that is missing or cannot be executed is a
/// <see cref="System.ComponentModel.Win32Exception"/>.
/// </summary>
internal static class BuildpackProgram
{
    /// <summary>What is kept of a stream, in characters.</summary>
    private const int Kept = 1 << 20;

    /// <summary>Runs it with the lifecycle's own output; what it prints appears as it prints it.</summary>
    public static async Task<int> RunAsync(
        string program,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string> environment,
        string directory
    )
    {
        using var process = Process.Start(Describe(program, arguments, environment, directory))!;
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    /// <summary>Runs it and keeps the beginning of what it prints, which may be without end.</summary>
    /// <param name="started">Is told of the process.</param>
    public static async Task<(int ExitCode, string Output, string Errors)> CaptureAsync(
        string program,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string> environment,
        string directory,
        Action<Process>? started = null
    )
    {
        var start = Describe(program, arguments, environment, directory);
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        using var process = Process.Start(start)!;
        started?.Invoke(process);
        process.StandardInput.Close();
        var (output, errors) = (ReadAsync(process.StandardOutput), ReadAsync(process.StandardError));
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }

    private static async Task<string> ReadAsync(StreamReader stream)
    {
        var kept = new StringBuilder();
        var buffer = new char[16 * 1024];
        while (await stream.ReadAsync(buffer) is var read and > 0)
            kept.Append(buffer, 0, Math.Min(read, Kept - kept.Length));
        return kept.ToString();
    }

    private static ProcessStartInfo Describe(
        string program,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string> environment,
        string directory
    )
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = directory, RedirectStandardInput = true };
        start.Environment.Clear();
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return start;
    }
}
