using System.Diagnostics;

namespace NeetoDeploy.Cli.Tests.Harness;

/// <summary>The CLI as users start it: a program of its own, with pipes and an environment.</summary>
internal sealed class NeetoProcess : IDisposable
{
    public static readonly string Assembly = Path.Combine(AppContext.BaseDirectory, "neeto.dll");

    private readonly Process process;

    private NeetoProcess(Process process) => this.process = process;

    public StreamReader Output => process.StandardOutput;

    public static NeetoProcess Start(IReadOnlyDictionary<string, string> variables, params string[] line)
    {
        var start = new ProcessStartInfo("dotnet", [Assembly, .. line])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in (string[])["NEETO_URL", "NEETO_TOKEN", "NEETO_APP", "NO_COLOR", "GIT_SSL_CAINFO"])
            start.Environment.Remove(name);
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        return new NeetoProcess(Process.Start(start)!);
    }

    /// <summary>What has not ended by then never will.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public static async Task<CliResult> RunAsync(IReadOnlyDictionary<string, string> variables, string input, params string[] line)
    {
        using var neeto = Start(variables, line);
        await neeto.process.StandardInput.WriteAsync(input);
        neeto.process.StandardInput.Close();
        return await neeto.EndAsync();
    }

    /// <summary>Ctrl-C.</summary>
    public async Task InterruptAsync()
    {
        using var kill = Process.Start("kill", ["-INT", $"{process.Id}"]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Nobody reads standard output from here on.</summary>
    public void StopReading() => process.StandardOutput.Close();

    /// <summary>Its exit code and standard error, when nobody reads the rest.</summary>
    public async Task<(int ExitCode, string Error)> EndUnreadAsync()
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(Patience);
        var error = await process.StandardError.ReadToEndAsync(deadline.Token);
        await process.WaitForExitAsync(deadline.Token);
        return (process.ExitCode, error);
    }

    /// <summary>The rest of what it writes, and its exit code.</summary>
    public async Task<CliResult> EndAsync()
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(Patience);
        var error = process.StandardError.ReadToEndAsync(deadline.Token);
        var output = await process.StandardOutput.ReadToEndAsync(deadline.Token);
        await process.WaitForExitAsync(deadline.Token);
        return new CliResult(process.ExitCode, output, await error, []);
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill();
        process.Dispose();
    }
}
