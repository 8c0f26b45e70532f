using System.Text.RegularExpressions;
using NeetoDeploy.Bench.Installations;

namespace NeetoDeploy.Bench.Deploys;

/// <summary>A checkout whose remote is an app of the measured installation.</summary>
internal sealed partial class PushedSource : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("neeto-bench-source-").FullName;
    private readonly Dictionary<string, string> environment;

    private PushedSource(RunningInstallation installation) =>
        environment = new Dictionary<string, string>
        {
            ["GIT_SSL_CAINFO"] = installation.Authorities,
            ["GIT_CONFIG_GLOBAL"] = "/dev/null",
            ["GIT_TERMINAL_PROMPT"] = "0",
        };

    /// <param name="files">Text by path.</param>
    public static async Task<PushedSource> CreateAsync(
        RunningInstallation installation,
        string app,
        IReadOnlyDictionary<string, string> files,
        CancellationToken cancel
    )
    {
        var source = new PushedSource(installation);
        foreach (var (path, text) in files)
        {
            var file = Path.Combine(source.folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllTextAsync(file, text, cancel);
        }
        await source.GitAsync(["init", "--quiet", "--initial-branch", "main"], cancel);
        await source.GitAsync(["config", "user.email", "bench@example.com"], cancel);
        await source.GitAsync(["config", "user.name", "Bench"], cancel);
        await source.GitAsync(
            ["remote", "add", "neeto", $"https://x:{installation.Token}@localhost:{installation.TlsPort}/{app}.git"],
            cancel
        );
        return source;
    }

    /// <summary>Changes what the app answers, and commits it.</summary>
    public async Task ChangeAsync(string text, CancellationToken cancel)
    {
        var file = Path.Combine(folder, "server.js");
        await File.WriteAllTextAsync(file, Answer().Replace(await File.ReadAllTextAsync(file, cancel), $"send('{text}')"), cancel);
        await CommitAsync(text, cancel);
    }

    public string Folder => folder;

    /// <summary>Adds to a file, and commits it.</summary>
    public async Task AppendAsync(string file, string text, CancellationToken cancel)
    {
        await File.AppendAllTextAsync(Path.Combine(folder, file), text, cancel);
        await CommitAsync(text, cancel);
    }

    /// <summary>A commit that changes no file.</summary>
    public Task CommitNothingAsync(CancellationToken cancel) =>
        GitAsync(["commit", "--quiet", "--allow-empty", "--message", "nothing"], cancel);

    public async Task CommitAsync(string message, CancellationToken cancel)
    {
        await GitAsync(["add", "--all"], cancel);
        await GitAsync(["commit", "--quiet", "--message", message], cancel);
    }

    /// <summary>What git printed.</summary>
    public Task<string> PushAsync(CancellationToken cancel) => GitAsync(["push", "neeto", "main"], cancel);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private Task<string> GitAsync(string[] arguments, CancellationToken cancel) =>
        Tool.RunAsync(["git", .. arguments], folder, environment, cancel);

    [GeneratedRegex(@"send\('[^']*'\)")]
    private static partial Regex Answer();
}
