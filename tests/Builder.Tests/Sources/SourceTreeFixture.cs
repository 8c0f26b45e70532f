using NeetoDeploy.Builder.Sources;
using NeetoDeploy.Core.Builds;

namespace NeetoDeploy.Builder.Tests.Sources;

/// <summary>Unpacks archives that were stored in a temporary folder.</summary>
internal sealed class SourceTreeFixture : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly PublicHttp http;
    private readonly GitSources git;
    private readonly SourceTree tree;

    public SourceTreeFixture(SourceLimits? limits = null, bool allowPrivate = false)
    {
        Directory.CreateDirectory(folder["sources"]);
        var options = new BuilderOptions
        {
            BuildsDirectory = folder["builds"],
            SourceDirectories = [folder["sources"]],
            AllowPrivateSources = allowPrivate,
            Sources = limits ?? new SourceLimits(),
        };
        http = new PublicHttp(options);
        git = new GitSources(http, options.Sources);
        tree = new SourceTree(new SourceFetcher(options, http), git, options.Sources);
    }

    public string Folder => folder.Path;

    public string App => folder["app"];

    public SourceTree.Place Place => new(App, folder["app.next"], folder["source.json"], folder["buildpacks"], 1000);

    /// <summary>What the last source's <c>project.toml</c> asked for.</summary>
    public ProjectDescriptor Project { get; private set; } = ProjectDescriptor.None;

    public Task<SourceIndex> UnpackAsync(byte[] archive, string? checksum = null)
    {
        File.WriteAllBytes(folder["sources/archive"], archive);
        return FetchAsync($"file://{folder["sources/archive"]}", checksum);
    }

    public async Task<SourceIndex> FetchAsync(string url, string? checksum = null)
    {
        var prepared = await tree.ReplaceAsync(new SourceRef(url, null, checksum), Place, TestContext.Current.CancellationToken);
        Project = prepared.Project;
        return prepared.Index;
    }

    /// <summary>A git repository's source at one commit.</summary>
    public Task<SourceRef> PinAsync(string url) => git.PinAsync(new SourceRef(url, null, null), TestContext.Current.CancellationToken);

    public async Task<string> RefusalAsync(byte[] archive, string? checksum = null) =>
        (await Assert.ThrowsAsync<SourceException>(() => UnpackAsync(archive, checksum))).Message;

    /// <summary>Everything in the app's folder, links with their targets.</summary>
    public string[] Listing() =>
        [
            .. NeetoDeploy
                .Builder.Posix.FolderWalk.Of(App)
                .Select(e =>
                    e.Status.Kind is NeetoDeploy.Builder.Posix.FileKind.Link
                        ? $"{e.Relative} -> {new FileInfo(e.Path).LinkTarget}"
                        : e.Relative
                ),
        ];

    public void Dispose()
    {
        http.Dispose();
        folder.Dispose();
    }
}
