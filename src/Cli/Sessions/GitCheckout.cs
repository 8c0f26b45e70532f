using System.Diagnostics;

namespace NeetoDeploy.Cli.Sessions;

/// <summary>The git checkout that the user stands in, if any.</summary>
internal sealed class GitCheckout(string folder)
{
    /// <summary>Standard output of <c>git …</c>; null when it fails or there is no git.</summary>
    public async Task<string?> TryRunAsync(IEnumerable<string> arguments, CancellationToken cancel)
    {
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo("git", arguments)
                {
                    WorkingDirectory = folder,
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                }
            )!;
            var error = process.StandardError.ReadToEndAsync(cancel);
            var output = await process.StandardOutput.ReadToEndAsync(cancel);
            await process.WaitForExitAsync(cancel);
            await error;
            return process.ExitCode == 0 ? output : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    /// <summary>Names of the apps that the remotes <c>neeto</c> and <c>heroku</c> lead to; of any remote on the git host, when that is known.</summary>
    public async Task<string[]> AppsAsync(string? gitHost, CancellationToken cancel)
    {
        var remotes = await TryRunAsync(["config", "--get-regexp", @"^remote\..*\.url$"], cancel) ?? "";
        return
        [
            .. (
                from line in remotes.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                let name = line["remote.".Length..line.IndexOf(".url ", StringComparison.Ordinal)]
                let url = Uri.TryCreate(line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..], UriKind.Absolute, out var parsed)
                    ? parsed
                    : null
                where url is not null && (gitHost is null ? name is "neeto" or "heroku" : url.Authority == gitHost)
                select Path.GetFileNameWithoutExtension(url.AbsolutePath)
            ).Distinct(),
        ];
    }

    /// <summary>Sets a remote's URL, whether or not the remote exists.</summary>
    public async Task<bool> SetRemoteAsync(string remote, string url, CancellationToken cancel) =>
        await TryRunAsync(["remote", "set-url", remote, url], cancel) is not null
        || await TryRunAsync(["remote", "add", remote, url], cancel) is not null;
}
