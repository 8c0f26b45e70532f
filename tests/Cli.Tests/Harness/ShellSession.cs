using System.Diagnostics;
using System.Text;

namespace NeetoDeploy.Cli.Tests.Harness;

/// <summary>An interactive shell on a terminal of its own (script(1) makes it), and somebody who types.</summary>
internal sealed class ShellSession : IDisposable
{
    /// <summary>A key may start a program, on a machine that is busy.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Process process;
    private readonly StringBuilder shown = new();

    private ShellSession(Process process) => this.process = process;

    public static ShellSession Start(string shell, string folder, IReadOnlyDictionary<string, string> variables)
    {
        var start = new ProcessStartInfo("script", ["--quiet", "--flush", "--command", shell, "/dev/null"])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["TERM"] = "dumb";
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        return new ShellSession(Process.Start(start)!);
    }

    /// <summary>Types, and reads on until this is shown.</summary>
    public async Task TypeAsync(string keys, string until)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(Patience);
        shown.Clear();
        await process.StandardInput.WriteAsync(keys);
        await process.StandardInput.FlushAsync(deadline.Token);
        var buffer = new char[1024];
        try
        {
            while (!shown.ToString().Contains(until, StringComparison.Ordinal))
            {
                var count = await process.StandardOutput.ReadAsync(buffer, deadline.Token);
                Assert.True(count > 0, $"The shell has ended before it showed '{until}': {shown}");
                shown.Append(buffer, 0, count);
            }
        }
        catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            Assert.Fail($"The shell never showed '{until}': {shown}");
        }
    }

    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.Dispose();
    }
}
