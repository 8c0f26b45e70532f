using System.Diagnostics;
using Tomlyn;

namespace NeetoDeploy.Builder.Launcher;

/// <summary>Runs an <c>exec.d</c> program, which prints variables for the process as TOML on its file descriptor 3.</summary>
internal static class ExecD
{
    // A child's descriptor 3 cannot be set from here; bash puts our pipe there and its own standard output on standard error.
    private const string Redirect = "exec \"$0\" 3>&1 1>&2";

    /// <summary>Adds what the program prints to the environment.</summary>
    public static void Run(string program, Dictionary<string, string> environment)
    {
        var start = new ProcessStartInfo("bash") { RedirectStandardOutput = true, ArgumentList = { "-c", Redirect, program } };
        start.Environment.Clear();
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start) ?? throw new LaunchException("cannot start bash");
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new LaunchException($"{program} exited with {process.ExitCode}");
        foreach (var (name, value) in Read(program, output))
            environment[name] = value;
    }

    private static Dictionary<string, string> Read(string program, string output)
    {
        try
        {
            return TomlSerializer.Deserialize(output, LaunchToml.Default.Variables) ?? [];
        }
        catch (TomlException broken)
        {
            throw new LaunchException($"{program} printed no table of strings: {broken.Message}", broken);
        }
    }
}
