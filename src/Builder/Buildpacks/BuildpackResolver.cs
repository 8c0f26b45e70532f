using NeetoDeploy.Builder.Builds;
using NeetoDeploy.Builder.Posix;
using NeetoDeploy.Builder.Sources;
using NeetoDeploy.Core.Buildpacks;
using NeetoDeploy.Core.Builds;

namespace NeetoDeploy.Builder.Buildpacks;

/// <summary>Finds each buildpack that an app has named.</summary>
/// <param name="app">The app's source, where buildpacks of its own may be.</param>
/// <param name="patience">How long fetching one may take.</param>
internal sealed class BuildpackResolver(
    BundledBuildpacks bundled,
    BuildpackFetcher fetcher,
    UntrustedFolder app,
    TimeSpan patience,
    BuildTranscript transcript
)
{
    /// <summary>In the order of the list, telling what each one is.</summary>
    /// <exception cref="BuildFailedException">One cannot be used; the message names it and says why.</exception>
    public async Task<IReadOnlyList<ChosenBuildpack>> FindAsync(IReadOnlyList<BuildpackRef> list, CancellationToken cancel)
    {
        await transcript.LineAsync("-----> Using buildpacks:");
        var chosen = new List<ChosenBuildpack>();
        foreach (var buildpack in list)
        {
            var found = await FindAsync(buildpack.Url, Parse(buildpack.Url), cancel);
            chosen.Add(found);
            var shown = SourcePath.Show(found.Source);
            await transcript.LineAsync($"       {chosen.Count}. {shown}{(shown == found.Id ? "" : $" ({found.Id} {found.Version})")}");
        }
        return chosen;
    }

    /// <summary>Those that <c>project.toml</c> names.</summary>
    /// <exception cref="BuildFailedException">One cannot be used; the message names it and says why.</exception>
    public async Task<IReadOnlyList<ChosenBuildpack>> FindAsync(IReadOnlyList<ProjectBuildpack> list, CancellationToken cancel)
    {
        var chosen = new List<ChosenBuildpack>();
        foreach (var buildpack in list)
            chosen.Add(await FindAsync(buildpack, cancel));
        return chosen;
    }

    private async Task<ChosenBuildpack> FindAsync(ProjectBuildpack buildpack, CancellationToken cancel)
    {
        // It was unpacked with the source.
        if (buildpack.Script is not null || buildpack.LocalPath is not null)
            return new("", buildpack.Id, buildpack.Version);
        if (buildpack.Uri.Length > 0)
            return await FindAsync(buildpack.Uri, Parse(buildpack.Uri), cancel);
        // An id without an address is that of a bundled one, or of one in the registry of Cloud Native Buildpacks.
        var found =
            bundled.Find(buildpack.Id, new BuildpackSource.Named(buildpack.Id))
            ?? await FindAsync(buildpack.Id, Registered(buildpack), cancel);
        return buildpack.Version.Length == 0 || buildpack.Version == found.Version
            ? found
            : throw new BuildFailedException(
                BuildPhase.Detect,
                0,
                $"{ProjectDescriptor.FileName} wants {buildpack.Id} {SourcePath.Show(buildpack.Version)}, and this installation has {found.Version}: leave the version out to use it"
            );
    }

    private static BuildpackSource Registered(ProjectBuildpack buildpack) =>
        Parse($"urn:cnb:registry:{buildpack.Id}{(buildpack.Version.Length > 0 ? "@" + buildpack.Version : "")}");

    private static BuildpackSource Parse(string text) =>
        BuildpackNames
            .Parse(text)
            .Match(
                parsed => BuildpackSource.Parse(parsed.Url).Value,
                refused => throw new BuildFailedException(BuildPhase.Detect, 0, SourcePath.Show(refused.Message))
            );

    private async Task<ChosenBuildpack> FindAsync(string text, BuildpackSource source, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(patience);
        try
        {
            return bundled.Find(text, source) ?? await FetchAsync(text, source, limit.Token);
        }
        catch (Exception e) when (e is SourceException or FormatException or HttpIOException or InvalidDataException)
        {
            throw Refuse(text, e.Message, e);
        }
        catch (OperationCanceledException e) when (!cancel.IsCancellationRequested)
        {
            throw Refuse(text, $"it could not be fetched in {patience.TotalMinutes:0.#} minutes", e);
        }
    }

    private async Task<ChosenBuildpack> FetchAsync(string text, BuildpackSource source, CancellationToken cancel)
    {
        if (source is BuildpackSource.Folder folder)
            return InApp(text, folder);
        var entry = await source.Match(
            named => fetcher.NamedAsync(named.Name, cancel),
            repository => fetcher.RepositoryAsync(repository, cancel),
            archive => fetcher.ArchiveAsync(archive.Url, null, cancel),
            package => fetcher.PackageAsync(package.Url, cancel),
            image => fetcher.ImageAsync(image.Reference, cancel),
            registered => fetcher.RegisteredAsync(registered, cancel),
            _ => throw new InvalidOperationException()
        );
        return new(text, entry.Id, entry.Version, entry.Folder);
    }

    private ChosenBuildpack InApp(string text, BuildpackSource.Folder folder)
    {
        var path = app.Find(folder.Path, FileKind.Directory) ?? throw new SourceException("the app has no such folder");
        var identity = BuildpackIdentity.Of(new UntrustedFolder(path), $"app/{Path.GetFileName(path)}", "source");
        return new(text, identity.Id, identity.Version, path, identity.Place);
    }

    private static BuildFailedException Refuse(string text, string why, Exception cause) =>
        new(BuildPhase.Detect, 0, $"the buildpack {SourcePath.Show(text)} cannot be used: {why}", cause);
}
