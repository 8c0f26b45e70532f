using NeetoDeploy.Builder.Posix;
using NeetoDeploy.Builder.Sources;
using NeetoDeploy.Core.Buildpacks;
using NeetoDeploy.Core.Builds;

namespace NeetoDeploy.Builder.Buildpacks;

/// <summary>Fetches buildpacks from wherever they are, unless the shelf has them already.</summary>
internal sealed class BuildpackFetcher(PublicHttp http, BuilderOptions options, BuildpackShelf shelf)
{
    private readonly GitRepository git = new(http, options.Sources);
    private readonly OciPackage packages = new(options.Sources);

    /// <exception cref="SourceException">It cannot be fetched, or is no buildpack.</exception>
    public async Task<BuildpackShelf.Entry> RepositoryAsync(BuildpackSource.Repository source, CancellationToken cancel)
    {
        if (GitReferences.IsCommit(source.Reference) && shelf.Find(Key(source.Reference!)) is { } known)
            return known;
        var head = await git.FindAsync(new GitSource(source.Url, source.Reference), cancel);
        if (shelf.Find(Key(head.Commit)) is { } present)
            return present;
        using var scratch = shelf.Begin();
        var unpacked = await git.UnpackAsync(head, scratch["repository"], scratch.Unpacked, cancel);
        var identity = UnpackedBuildpack.Shelve(scratch, unpacked, NameOf(source.Url), head.Commit[..12]);
        return shelf.Add(Key(head.Commit), scratch.Shelf, identity);

        string Key(string commit) => $"git {source.Url} {commit}";
    }

    /// <summary>The archive is downloaded each time: nothing else tells whether it has changed.</summary>
    /// <param name="name">For a classic buildpack.</param>
    /// <exception cref="SourceException">It cannot be fetched, or is no buildpack.</exception>
    public async Task<BuildpackShelf.Entry> ArchiveAsync(Uri url, string? name, CancellationToken cancel)
    {
        using var scratch = shelf.Begin();
        await using var content = await http.OpenAsync(url, cancel);
        await using var archive = await SourceArchive.OpenAsync(content, options.Sources, cancel);
        var unpacked = await new SourceUnpacker(options.Sources, scratch.Unpacked).UnpackAsync(archive.Tar, cancel);
        var digest = await archive.VerifyAsync(null, cancel);
        var key = $"archive {url} {digest}";
        if (shelf.Find(key) is { } present)
            return present;
        var identity = UnpackedBuildpack.Shelve(scratch, unpacked, name ?? NameOf(url), digest[..12]);
        return shelf.Add(key, scratch.Shelf, identity);
    }

    /// <exception cref="SourceException">It cannot be fetched, or is no buildpackage.</exception>
    public async Task<BuildpackShelf.Entry> PackageAsync(Uri url, CancellationToken cancel)
    {
        using var scratch = shelf.Begin();
        await using var content = await http.OpenAsync(url, cancel);
        await using var archive = await SourceArchive.OpenAsync(content, options.Sources, cancel);
        await new SourceUnpacker(options.Sources, scratch["layout"]).UnpackAsync(archive.Tar, cancel);
        var key = $"package {await archive.VerifyAsync(null, cancel)}";
        if (shelf.Find(key) is { } present)
            return present;
        var layout = new UntrustedFolder(scratch["layout"]);
        var index = await OciPackage.ReadAsync(Open(layout, "index.json"), null, cancel);
        var manifest = await OciPackage.ManifestAsync(index, OpenBlobAsync, cancel);
        return shelf.Add(key, scratch.Shelf, await packages.ShelveAsync(manifest, OpenBlobAsync, scratch, cancel));

        Task<Stream> OpenBlobAsync(string digest) => Task.FromResult(Open(layout, "blobs/" + digest.Replace(':', '/')));
    }

    /// <exception cref="SourceException">It cannot be fetched, or is no buildpackage.</exception>
    public async Task<BuildpackShelf.Entry> ImageAsync(string image, CancellationToken cancel)
    {
        var registry = new PublicRegistry(http, image);
        var index = await registry.ManifestAsync(cancel);
        var manifest = await OciPackage.ManifestAsync(index, digest => registry.BlobAsync(digest, isManifest: true, cancel), cancel);
        // A manifest's configuration has the digests of all that is in its layers.
        var key = $"image {manifest["config"]?["digest"]}";
        if (shelf.Find(key) is { } present)
            return present;
        using var scratch = shelf.Begin();
        return shelf.Add(
            key,
            scratch.Shelf,
            await packages.ShelveAsync(manifest, digest => registry.BlobAsync(digest, isManifest: false, cancel), scratch, cancel)
        );
    }

    /// <exception cref="SourceException">The registry cannot be reached, or does not have it.</exception>
    public async Task<BuildpackShelf.Entry> RegisteredAsync(BuildpackSource.Registered source, CancellationToken cancel) =>
        await ImageAsync(await new RegistryIndex(http, options.BuildpackIndex).FindAsync(source, cancel), cancel);

    /// <exception cref="SourceException">The registry cannot be reached, or does not have it.</exception>
    public Task<BuildpackShelf.Entry> NamedAsync(string name, CancellationToken cancel) =>
        ArchiveAsync(new Uri($"{options.ClassicRegistry.AbsoluteUri.TrimEnd('/')}/{name}.tgz"), name, cancel);

    private static Stream Open(UntrustedFolder layout, string path) =>
        layout.Find(path, FileKind.Regular) is { } file
            ? File.OpenRead(file)
            : throw new SourceException($"the package is damaged: it has no {path}");

    /// <summary><c>https://github.com/heroku/heroku-buildpack-apt.git</c> is called <c>heroku/heroku-buildpack-apt</c>.</summary>
    private static string NameOf(Uri url)
    {
        var words = url
            .AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries)
            .Select(word =>
                new string([.. word.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '-')]).Trim('.', '-')
            )
            .Where(word => word.Length > 0)
            .TakeLast(2)
            .ToList();
        if (words.Count == 0)
            return "classic/buildpack";
        foreach (var ending in (string[])[".git", ".tgz", ".tar.gz", ".tar"])
            words[^1] = words[^1].EndsWith(ending, StringComparison.OrdinalIgnoreCase) ? words[^1][..^ending.Length] : words[^1];
        return words.Count == 1 ? $"classic/{words[0]}" : string.Join('/', words);
    }
}
