using System.Diagnostics;
using System.Text.RegularExpressions;

namespace NeetoDeploy.Drivers.Tests.Images;

/// <summary>A real docker-registry on a free port, with its storage in a temporary folder.</summary>
public sealed partial class RegistryFixture : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("neeto-registry-");
    private Process? process;

    /// <summary>Host and port.</summary>
    public string Registry { get; private set; } = "";

    /// <summary>Where it keeps what it was given.</summary>
    public string Storage => Path.Combine(folder.FullName, "storage");

    /// <summary>Its configuration file.</summary>
    public string Configuration => Path.Combine(folder.FullName, "config.yml");

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(
            Configuration,
            $$"""
            version: 0.1
            log: {level: info}
            storage:
              filesystem: {rootdirectory: {{Storage}}}
              delete: {enabled: true}
            http: {addr: "127.0.0.1:0"}
            """
        );
        var start = new ProcessStartInfo("docker-registry") { RedirectStandardError = true, RedirectStandardOutput = true };
        start.ArgumentList.Add("serve");
        start.ArgumentList.Add(Configuration);
        start.Environment["OTEL_TRACES_EXPORTER"] = "none";
        process = Process.Start(start) ?? throw new InvalidOperationException("docker-registry did not start.");
        var listening = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.ErrorDataReceived += (_, line) => Read(line.Data, listening);
        process.OutputDataReceived += (_, line) => Read(line.Data, listening);
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        Registry = await listening.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
        }
        folder.Delete(recursive: true);
    }

    private static void Read(string? line, TaskCompletionSource<string> listening)
    {
        if (line is not null && Listening().Match(line) is { Success: true } match)
            listening.TrySetResult(match.Groups[1].Value);
    }

    [GeneratedRegex(@"listening on (127\.0\.0\.1:\d+)")]
    private static partial Regex Listening();
}
