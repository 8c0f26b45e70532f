using System.Diagnostics;

namespace NeetoDeploy.Builder.Lifecycle.Platform;

/// <summary>
/// Runs a buildpack's programs. One that is missing or cannot be executed is a
/// <see cref="System.ComponentModel.Win32Exception"/>.
/// </summary>
internal static class BuildpackProgram
{
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

    /// <summary>Runs it and keeps what it prints.</summary>
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
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
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
