using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using NeetoDeploy.Grains.Installations;
using NeetoDeploy.Grains.Interfaces.Installations;
using NeetoDeploy.Silo.Hosting;

namespace NeetoDeploy.Silo.Health;

/// <summary>Runs <c>neeto doctor --json</c>: what the dashboard shows is what the operator sees in a terminal.</summary>
internal sealed class Doctor(SiloOptions options) : IInstallationChecks
{
    private const string Subject = "doctor";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    public async Task<ImmutableArray<Finding>> RunAsync(CancellationToken cancel)
    {
        if (options.Doctor.Length == 0)
            return
            [
                new(Subject, "this host does not know where the program is", "Run 'neeto doctor' in a terminal on the machine.", false),
            ];
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Patience);
        try
        {
            return await RunAsync(options.Doctor, limit.Token);
        }
        catch (Exception e) when (e is IOException or JsonException or System.ComponentModel.Win32Exception or OperationCanceledException)
        {
            return [new(Subject, $"could not be run: {e.Message}", "Run 'neeto doctor' in a terminal on the machine.", false)];
        }
    }

    private static async Task<ImmutableArray<Finding>> RunAsync(IReadOnlyList<string> command, CancellationToken cancel)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start) ?? throw new IOException("it did not start");
        try
        {
            var errors = process.StandardError.ReadToEndAsync(cancel);
            var output = await process.StandardOutput.ReadToEndAsync(cancel);
            await process.WaitForExitAsync(cancel);
            // It ends with 1 when something is wrong with the machine, having said what.
            return process.ExitCode is 0 or 1
                ? JsonSerializer.Deserialize<ImmutableArray<Finding>>(output, Json)
                : throw new IOException($"it ended with {process.ExitCode}: {(await errors).Trim()}");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }
}
