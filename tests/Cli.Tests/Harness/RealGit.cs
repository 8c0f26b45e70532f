using System.Diagnostics;

namespace NeetoDeploy.Cli.Tests.Harness;

/// <summary>The real git.</summary>
internal static class RealGit
{
    /// <summary>Its standard output; fails the test when git fails.</summary>
    public static async Task<string> RunAsync(string folder, params string[] arguments)
    {
        string[] identity = ["-c", "user.name=Ann", "-c", "user.email=ann@example.com", "-c", "init.defaultBranch=main"];
        using var git = Process.Start(
            new ProcessStartInfo("git", [.. identity, .. arguments])
            {
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var error = git.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await git.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await git.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(git.ExitCode == 0, $"git {string.Join(' ', arguments)}: {await error}");
        return output;
    }
}
