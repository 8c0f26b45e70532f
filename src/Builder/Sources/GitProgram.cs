using System.Diagnostics;

namespace NeetoDeploy.Builder.Sources;

/// <summary>
/// Runs git on what a stranger's server sends: with no settings, credentials, hooks, prompts or redirects, by HTTP only, to an address that was checked, and
/// with a limit on the size of any file that it writes.
/// </summary>
internal sealed class GitProgram(string repository, long largestFile)
{
    /// <summary>Runs a command in the repository, handing its output over while it runs.</summary>
    /// <exception cref="SourceException">It failed.</exception>
    public async Task RunAsync(IEnumerable<string> arguments, Func<Stream, Task> output, CancellationToken cancel)
    {
        using var process = Start(arguments);
        process.StandardInput.Close();
        try
        {
            var errors = process.StandardError.ReadToEndAsync(cancel);
            await output(process.StandardOutput.BaseStream);
            await process.WaitForExitAsync(cancel);
            if (process.ExitCode != 0)
                throw new SourceException($"git could not fetch it: {LastLine(await errors)}");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    public Task RunAsync(IEnumerable<string> arguments, CancellationToken cancel) =>
        RunAsync(arguments, output => output.CopyToAsync(Stream.Null, cancel), cancel);

    private Process Start(IEnumerable<string> arguments)
    {
        // prlimit: git has no limit of its own for what it receives.
        var start = new ProcessStartInfo("prlimit", [$"--fsize={largestFile}", "git", "-C", repository, .. Settings, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in Variables)
            start.Environment[name] = value;
        return Process.Start(start) ?? throw new SourceException("git did not start");
    }

    // One pack instead of many files, so that the limit is one for all.
    private static readonly string[] Settings =
    [
        "-c",
        "http.followRedirects=false",
        "-c",
        "fetch.unpackLimit=1",
        "-c",
        "core.hooksPath=/dev/null",
    ];

    private static readonly Dictionary<string, string> Variables = new()
    {
        ["PATH"] = "/usr/local/bin:/usr/bin:/bin",
        ["HOME"] = "/nonexistent",
        ["GIT_CONFIG_NOSYSTEM"] = "1",
        ["GIT_CONFIG_GLOBAL"] = "/dev/null",
        ["GIT_TERMINAL_PROMPT"] = "0",
        ["GIT_ASKPASS"] = "true",
        ["GIT_ALLOW_PROTOCOL"] = "http:https",
    };

    private static string LastLine(string errors) =>
        SourcePath.Show(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault() ?? "it said nothing");
}
