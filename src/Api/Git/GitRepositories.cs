using System.Collections.Concurrent;
using System.Diagnostics;

namespace NeetoDeploy.Api.Git;

/// <summary>The bare repositories of this host, one an app, made when first asked for.</summary>
public sealed class GitRepositories(ApiOptions options)
{
    private readonly ConcurrentDictionary<AppId, Lazy<Task<string>>> repositories = [];

    /// <summary>The folder that repositories are in.</summary>
    public string Root => Path.Combine(options.DataDirectory, "git");

    /// <summary>The name of an app's repository in <see cref="Root"/>, which exists from then on.</summary>
    public async Task<string> EnsureAsync(AppId app)
    {
        var name = $"{app}.git";
        if (Directory.Exists(Path.Combine(Root, name, "objects")))
            return name;
        var making = repositories.GetOrAdd(app, _ => new Lazy<Task<string>>(() => InitAsync(name)));
        try
        {
            return await making.Value;
        }
        finally
        {
            repositories.TryRemove(KeyValuePair.Create(app, making));
        }
    }

    /// <summary>Removes an app's repository. A push that still runs in it fails; removing what does not exist is no error.</summary>
    public Task RemoveAsync(AppId app)
    {
        var (repository, gone) = (Path.Combine(Root, $"{app}.git"), Path.Combine(Root, $"{app}.gone"));
        if (Directory.Exists(repository) && !Directory.Exists(gone))
            Directory.Move(repository, gone); // under its name nobody adds to it any more
        return Task.Run(() =>
        {
            foreach (var folder in new[] { gone, repository }.Where(Directory.Exists))
                Directory.Delete(folder, recursive: true);
        });
    }

    private async Task<string> InitAsync(string name)
    {
        Directory.CreateDirectory(Root);
        var start = new ProcessStartInfo("git", ["init", "--quiet", "--bare", "--initial-branch=main", Path.Combine(Root, name)])
        {
            RedirectStandardError = true,
        };
        using var git = Process.Start(start)!;
        var error = await git.StandardError.ReadToEndAsync();
        await git.WaitForExitAsync();
        return git.ExitCode == 0 ? name : throw new IOException($"git init failed with {git.ExitCode}: {error}");
    }
}
