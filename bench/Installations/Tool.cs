using System.Diagnostics;

namespace NeetoDeploy.Bench.Installations;

/// <summary>Runs a program to its end; a failure ends the measurement with what it said.</summary>
internal static class Tool
{
    public static async Task<string> RunAsync(
        IReadOnlyList<string> line,
        string folder,
        IReadOnlyDictionary<string, string> environment,
        CancellationToken cancel
    )
    {
        var start = new ProcessStartInfo(line[0], line.Skip(1))
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(cancel);
        var output = await process.StandardOutput.ReadToEndAsync(cancel) + await error;
        await process.WaitForExitAsync(cancel);
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{string.Join(' ', line)} ended with {process.ExitCode}:\n{output}");
    }
}
