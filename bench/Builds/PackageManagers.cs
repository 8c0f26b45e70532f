using System.Diagnostics;
using NeetoDeploy.Bench.Installations;

namespace NeetoDeploy.Bench.Builds;

/// <summary>What the package managers of the samples take alone, with nothing in their caches.</summary>
internal static class PackageManagers
{
    /// <summary>The packages that the Flask sample gets from Debian where Python's index cannot be reached, installed as anybody would.</summary>
    private const string Flask = "apt-get -qq update && apt-get -qq -y --no-install-recommends install python3-flask gunicorn";

    /// <summary>In seconds; null for a sample without packages.</summary>
    public static Task<double?> TimeAsync(string sample, HttpClient api, CancellationToken cancel) =>
        sample switch
        {
            "express" => InFolderAsync(
                Checkout.Sample(sample),
                folder => ["npm", "ci", "--omit=dev", "--no-audit", "--no-fund", "--cache", Path.Combine(folder, ".npm")],
                cancel
            ),
            "flask" => InContainerAsync(Flask, api, $"bench-{sample}", cancel),
            _ => Task.FromResult<double?>(null),
        };

    private static async Task<double?> InFolderAsync(
        IReadOnlyDictionary<string, string> files,
        Func<string, string[]> command,
        CancellationToken cancel
    )
    {
        var folder = Directory.CreateTempSubdirectory("neeto-bench-packages-").FullName;
        try
        {
            foreach (var (path, text) in files)
                await File.WriteAllTextAsync(Path.Combine(folder, path), text, cancel);
            return await TimeAsync(command(folder), folder, cancel);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>As root on the run image that the app's image stands on; the engine's start of the container counts, a few tenths of a second.</summary>
    private static async Task<double?> InContainerAsync(string command, HttpClient api, string app, CancellationToken cancel)
    {
        var image = await DockerBuild.FindImageAsync(api, app, cancel);
        return await TimeAsync(
            ["docker", "run", "--rm", "--network", "host", "--user", "0", "--entrypoint", "/bin/sh", image, "-c", command],
            "/",
            cancel
        );
    }

    private static async Task<double> TimeAsync(IReadOnlyList<string> line, string folder, CancellationToken cancel)
    {
        var watch = Stopwatch.StartNew();
        await Tool.RunAsync(line, folder, new Dictionary<string, string>(), cancel);
        return watch.Elapsed.TotalSeconds;
    }
}
