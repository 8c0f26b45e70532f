using System.ComponentModel;
using System.Diagnostics;

namespace NeetoDeploy.Supervisor.Checks;

/// <summary>How git gets on with an address.</summary>
public enum GitAccess
{
    /// <summary>It is let in. Whether the repository is there is another question.</summary>
    Well,

    /// <summary>It does not trust the certificate.</summary>
    Distrusted,

    /// <summary>It has no credentials for the host.</summary>
    NoCredentials,

    /// <summary>Its credentials are refused.</summary>
    WrongCredentials,

    /// <summary>Anything else: nobody answers, or there is no git.</summary>
    Failed,
}

/// <summary>What the machine's own git, which knows the user's settings, says of an address.</summary>
/// <param name="Text">Git's last words, for a person.</param>
internal sealed record GitAnswer(GitAccess Access, string Text)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Asks without a question to the user. The variables are added to those of this process.</summary>
    public static async Task<GitAnswer> AskAsync(string url, IEnumerable<(string Name, string Value)> variables, CancellationToken cancel)
    {
        var start = new ProcessStartInfo("git", ["-c", "core.askPass=", "ls-remote", url])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["LC_ALL"] = "C", ["GIT_TERMINAL_PROMPT"] = "0" },
        };
        start.Environment.Remove("GIT_ASKPASS");
        start.Environment.Remove("SSH_ASKPASS");
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        deadline.CancelAfter(Patience);
        try
        {
            using var git = Process.Start(start)!;
            return await ReadAsync(git, deadline.Token);
        }
        catch (Win32Exception)
        {
            return new GitAnswer(GitAccess.Failed, "there is no git");
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new GitAnswer(GitAccess.Failed, $"no answer within {Patience.Seconds} s");
        }
    }

    /// <summary>Git has one exit code for every failure, and tells them apart in words only.</summary>
    public static GitAnswer Of(int exitCode, string error)
    {
        var text = error.Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault("no reason given");
        bool Says(string words) => error.Contains(words, StringComparison.OrdinalIgnoreCase);
        return new GitAnswer(
            exitCode == 0 || Says("not found") ? GitAccess.Well
                : Says("could not read Username") || Says("could not read Password") ? GitAccess.NoCredentials
                : Says("Authentication failed") ? GitAccess.WrongCredentials
                : Says("certificate") ? GitAccess.Distrusted
                : GitAccess.Failed,
            text
        );
    }

    private static async Task<GitAnswer> ReadAsync(Process git, CancellationToken cancel)
    {
        try
        {
            var output = git.StandardOutput.ReadToEndAsync(cancel);
            var error = await git.StandardError.ReadToEndAsync(cancel);
            await output;
            await git.WaitForExitAsync(cancel);
            return Of(git.ExitCode, error);
        }
        catch (OperationCanceledException)
        {
            git.Kill(entireProcessTree: true);
            throw;
        }
    }
}
