using NeetoDeploy.Core.Builds;
using NeetoDeploy.Core.Releases;
using NeetoDeploy.Grains.Interfaces.Apps;
using NeetoDeploy.Grains.Interfaces.Releases;

namespace NeetoDeploy.Grains.Releases;

/// <summary>Releases of what builds made: from source, of images that were given, or of the release before on another run image.</summary>
public sealed partial class ReleaseLedgerGrain
{
    public async Task<ReleaseView?> ReleaseBuildAsync(
        BuildId build,
        BuildArtifact artifact,
        SourceRef source,
        string stack,
        AccountRef user
    )
    {
        if (state.Value.Releases.IsEmpty)
            throw new InvalidOperationException($"The ledger of {app} is not open.");
        if (First(build.Value) is { } released)
            return View(released);
        var basis = state.Value.Basis()!;
        var before = state.Value.SlugOf(basis);
        // The release that this was made of has been followed by one of another image: that one must not be undone.
        if (artifact.Rebased is { } rebased && rebased.From != before?.Image)
            return null;
        if (artifact.IsNothingNew())
            return View(basis);
        var slug =
            artifact.Rebased is not null ? before!.Rebased(build, artifact.Image, stack, Now)
            : ImageSource.Is(source.Url) ? Slug(build, artifact, source, stack).Over(before)
            : Slug(build, artifact, source, stack);
        if (await MayBeGoneAsync(slug.AllImages()))
            return null;
        await SetUpAsync(artifact, user);
        if (First(slug.Id) is null)
            await IntendAsync(() =>
                AppendAsync(
                    s => s with { Slugs = s.Slugs.Add(slug) },
                    Describe(artifact, source, stack),
                    user,
                    slug.Id,
                    s => s.Basis()!.Config
                )
            );
        return View(First(slug.Id)!);
    }

    private StoredSlug Slug(BuildId build, BuildArtifact artifact, SourceRef source, string stack) =>
        new(
            build.Value,
            build,
            artifact.Image,
            artifact.ProcessTypes,
            artifact.Commit ?? source.Version,
            artifact.SizeBytes,
            stack,
            artifact.Buildpacks.IsDefaultOrEmpty ? null : string.Join(", ", artifact.Buildpacks),
            Now,
            artifact.Images
        );

    private static string Describe(BuildArtifact artifact, SourceRef source, string stack) =>
        artifact.Rebased is { } rebased ? ReleaseDescriptions.Rebase(stack, rebased.RunImage)
        : ImageSource.Is(source.Url) && artifact.Images is { } given ? ReleaseDescriptions.DeployImages(given)
        : ReleaseDescriptions.Deploy(artifact.Commit ?? source.Version);

    /// <summary>The release that a build made; rollbacks to it come later in the list.</summary>
    private StoredRelease? First(Guid slug) => state.Value.Releases.FirstOrDefault(r => r.Slug == slug);
}
