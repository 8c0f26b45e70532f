using System.Net.Sockets;
using NeetoDeploy.Builder.Posix;
using NeetoDeploy.Core.Builds;

namespace NeetoDeploy.Builder.Sources;

/// <summary>Puts a build's source in the place of the last one: all of it, or, when anything is wrong with it, none.</summary>
internal sealed class SourceTree(SourceFetcher fetcher, GitSources git, SourceLimits limits)
{
    /// <summary>Where a source is put.</summary>
    /// <param name="App">What is replaced.</param>
    /// <param name="Scratch">A path beside it, on the same file system.</param>
    /// <param name="IndexFile">Remembers what <paramref name="App"/> held.</param>
    /// <param name="Buildpacks">For the buildpacks that come with the source.</param>
    /// <param name="User">Who shall own it.</param>
    internal sealed record Place(string App, string Scratch, string IndexFile, string Buildpacks, int User)
    {
        /// <summary>For what is needed only until a source is unpacked at <paramref name="scratch"/>.</summary>
        public static string FetchBeside(string scratch) => scratch + ".fetch";
    }

    /// <summary>What an archive holds, and which of it is the app.</summary>
    private delegate (string Root, string Prefix) Top(string folder, UnpackedSource unpacked);

    /// <summary>What is done with a source before it is put in its place; answers what its <c>project.toml</c> asks for.</summary>
    private delegate ProjectDescriptor Trim(string root, Dictionary<string, string> files, Dictionary<string, string> links);

    public Task<PreparedSource> ReplaceAsync(SourceRef source, Place place, CancellationToken cancel) =>
        ReplaceAsync(
            source,
            place,
            TopOf,
            (root, files, links) =>
            {
                var project = ReadProject(root, files, place.Buildpacks);
                Exclude(root, files, links, project);
                return project;
            },
            cancel
        );

    /// <summary>A slug is all in <c>./app</c>, unless a build made it, and nothing is left out of it.</summary>
    /// <param name="layers">The folder for the layers of a slug that a build made.</param>
    public async Task<SourceIndex> ReplaceBySlugAsync(SourceRef slug, Place place, string layers, CancellationToken cancel)
    {
        return (await ReplaceAsync(slug, place, TopOf, (_, _, _) => ProjectDescriptor.None, cancel, hasLayers: true)).Index;

        (string Root, string Prefix) TopOf(string folder, UnpackedSource unpacked)
        {
            SlugLayers.Take(folder, unpacked, layers, place.User);
            return TopOfSlug(folder, unpacked);
        }
    }

    private async Task<PreparedSource> ReplaceAsync(
        SourceRef source,
        Place place,
        Top topOf,
        Trim trim,
        CancellationToken cancel,
        bool hasLayers = false
    )
    {
        Remove(place.Scratch);
        Remove(Place.FetchBeside(place.Scratch));
        try
        {
            var unpacked = await FetchAsync(source, place.Scratch, cancel);
            var (root, prefix) = topOf(place.Scratch, unpacked);
            var files = Under(prefix, unpacked.Files);
            var links = Under(prefix, unpacked.Links);
            var project = trim(root, files, links);
            if (files.Count == 0 && links.Count == 0)
                throw new SourceException("the source has no files");
            SourceLinks.Make(root, links, hasLayers);
            var index = Settle(root, files, SourceIndex.Load(place.IndexFile), place.User);
            Remove(place.App);
            Directory.Move(root, place.App);
            index.Save(place.IndexFile);
            return new(index, project);
        }
        finally
        {
            Remove(place.Scratch);
            Remove(Place.FetchBeside(place.Scratch));
        }
    }

    /// <summary>The project as it is before anything is left out: what it names may be among that.</summary>
    private static ProjectDescriptor ReadProject(string root, Dictionary<string, string> files, string buildpacks)
    {
        var project = files.ContainsKey(ProjectDescriptor.FileName)
            ? ProjectDescriptor.Parse(File.ReadAllText(Path.Combine(root, ProjectDescriptor.FileName)))
            : ProjectDescriptor.None;
        return new ProjectBuildpackFolder(buildpacks).Fill(project, root);
    }

    private async Task<UnpackedSource> FetchAsync(SourceRef source, string folder, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(limits.FetchTime);
        try
        {
            if (GitSource.Is(source.Url))
                return await git.UnpackAsync(source.Url, Place.FetchBeside(folder), folder, limit.Token);
            await using var content = await fetcher.OpenAsync(source.Url, limit.Token);
            var zip = new ZipAsTar(limits, Place.FetchBeside(folder));
            await using var archive = await SourceArchive.OpenAsync(content, limits, limit.Token, zip);
            var unpacked = await new SourceUnpacker(limits, folder).UnpackAsync(archive.Tar, limit.Token);
            await archive.VerifyAsync(source.Checksum, limit.Token);
            return unpacked;
        }
        catch (OperationCanceledException e) when (!cancel.IsCancellationRequested)
        {
            throw new SourceException($"the source could not be fetched in {limits.FetchTime.TotalMinutes:0} minutes", e);
        }
        catch (Exception e) when (e is HttpIOException or HttpRequestException || e is IOException { InnerException: SocketException })
        {
            throw new SourceException($"the source was cut off while it was fetched: {e.Message}", e);
        }
    }

    /// <summary>An archive whose files are all in one folder is meant to be that folder's content, as those of code hosts are.</summary>
    private static (string Root, string Prefix) TopOf(string folder, UnpackedSource unpacked)
    {
        var top = Directory.GetFileSystemEntries(folder);
        var isWrapped =
            top is [var single]
            && Path.GetFileName(single) != ".git"
            && FileStatus.Of(single)?.Kind is FileKind.Directory
            && unpacked.Links.Keys.All(InFolder);
        return top is [var only] && isWrapped ? (only, Path.GetFileName(only) + "/") : (folder, "");

        bool InFolder(string path) => path.StartsWith(Path.GetFileName(top[0]) + "/", StringComparison.Ordinal);
    }

    private static (string Root, string Prefix) TopOfSlug(string folder, UnpackedSource unpacked)
    {
        const string app = "app";
        var others = Directory.GetFileSystemEntries(folder).Select(path => Path.GetFileName(path)).Concat(unpacked.Links.Keys);
        if (others.FirstOrDefault(name => name != app && !name.StartsWith(app + "/", StringComparison.Ordinal)) is { } other)
            throw new SourceException($"a slug has everything in ./app, and this one holds {SourcePath.Show(other)}");
        var root = Path.Combine(folder, app);
        return FileStatus.Of(root)?.Kind is FileKind.Directory
            ? (root, app + "/")
            : throw new SourceException("a slug has everything in ./app, and this one has no such folder");
    }

    private static Dictionary<string, string> Under(string prefix, Dictionary<string, string> paths) =>
        paths.ToDictionary(p => p.Key[prefix.Length..], p => p.Value, StringComparer.Ordinal);

    private static void Exclude(string root, Dictionary<string, string> files, Dictionary<string, string> links, ProjectDescriptor project)
    {
        var list = Path.Combine(root, SlugIgnore.FileName);
        var ignore = new SlugIgnore([".git/", .. files.ContainsKey(SlugIgnore.FileName) ? File.ReadLines(list) : []]);
        var exclude = new SlugIgnore(project.Exclude, takesBack: true);
        var include = new SlugIgnore(project.Include, takesBack: true);
        foreach (var path in files.Keys.Concat(links.Keys).ToArray())
        {
            if (!IsExcluded(path))
                continue;
            files.Remove(path);
            links.Remove(path);
            File.Delete(Path.Combine(root, path));
        }
        // The deepest first: what is named as a whole goes, and what is to be included keeps the folders that it is in.
        foreach (var folder in FolderWalk.Of(root).Where(e => e.Status.Kind is FileKind.Directory).Reverse().ToArray())
        {
            if (IsExcluded(folder.Relative + "/") && !Directory.EnumerateFileSystemEntries(folder.Path).Any() && !IsParent(folder.Relative))
                Remove(folder.Path);
        }

        bool IsExcluded(string path) =>
            ignore.Excludes(path) || exclude.Excludes(path) || (project.Include.Count > 0 && !include.Excludes(path));

        // Links are made later.
        bool IsParent(string path) => links.Keys.Any(l => l.StartsWith(path + "/", StringComparison.Ordinal));
    }

    /// <summary>
    /// Gives everything to the build user, and to unchanged files the time they had, so that tools which compare times see no change.
    /// </summary>
    private static SourceIndex Settle(string root, Dictionary<string, string> files, SourceIndex last, int user)
    {
        var entries = new Dictionary<string, SourceIndex.Entry>(StringComparer.Ordinal);
        Ownership.Give(root, user);
        File.SetUnixFileMode(root, FileModes.Executable);
        foreach (var entry in FolderWalk.Of(root))
        {
            Ownership.Give(entry.Path, user);
            if (entry.Status.Kind is FileKind.Directory)
                File.SetUnixFileMode(entry.Path, FileModes.Executable);
            if (!files.TryGetValue(entry.Relative, out var sha))
                continue;
            if (last.Files.TryGetValue(entry.Relative, out var before) && before.Sha256 == sha)
                File.SetLastWriteTimeUtc(entry.Path, DateTime.UnixEpoch.AddTicks(before.Modified / 100));
            var status = FileStatus.Of(entry.Path)!.Value;
            entries[entry.Relative] = new(sha, status.Size, status.ModifiedNanoseconds, status.Inode, status.ChangedNanoseconds);
        }
        return new(entries);
    }

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }
}
