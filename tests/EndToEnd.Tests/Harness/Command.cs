using System.Diagnostics;

namespace NeetoDeploy.EndToEnd.Tests.Harness;

/// <summary>A program run to its end, as a user would run it.</summary>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
public sealed record CommandResult(string Line, int ExitCode, string Output, string Error)
{
    public string All => Output + Error;

    /// <summary>Fails the test, showing everything, when the command did not succeed.</summary>
    public CommandResult Ok()
    {
        Assert.True(ExitCode == 0, $"Expected success, got {ExitCode}: {Line}\n{Output}\n{Error}");
        return this;
    }

    /// <summary>Fails the test, showing everything, when the command succeeded.</summary>
    public CommandResult Refused()
    {
        Assert.True(ExitCode != 0, $"Expected a refusal, got success: {Line}\n{Output}\n{Error}");
        return this;
    }
}

/// <summary>Starts programs with arguments, environment and folder; no shell in between.</summary>
public sealed class Command(IReadOnlyList<string> line, IReadOnlyDictionary<string, string> environment, string folder)
{
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(8);

    public async Task<CommandResult> RunAsync(string? input = null, CancellationToken cancel = default)
    {
        using var process = Start();
        var output = process.StandardOutput.ReadToEndAsync(cancel);
        var error = process.StandardError.ReadToEndAsync(cancel);
        if (input is not null)
            await process.StandardInput.WriteAsync(input.AsMemory(), cancel);
        process.StandardInput.Close();
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        deadline.CancelAfter(Patience);
        try
        {
            await process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
        return new CommandResult(string.Join(' ', line), process.ExitCode, await output, await error);
    }

    /// <summary>Starts it and leaves the rest to the caller, who disposes it.</summary>
    public Process Start()
    {
        var start = new ProcessStartInfo(line[0], line.Skip(1))
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
