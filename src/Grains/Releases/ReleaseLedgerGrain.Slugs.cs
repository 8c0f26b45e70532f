using NeetoDeploy.Core.Builds;
using NeetoDeploy.Core.Releases;
using NeetoDeploy.Core.Results;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Builds;
using NeetoDeploy.Grains.Interfaces.Releases;

namespace NeetoDeploy.Grains.Releases;

/// <summary>Images that came without buildpacks, and releases of any image that is there.</summary>
public sealed partial class ReleaseLedgerGrain
{
    public Task<SlugView?> GetSlugAsync(Guid slug) => Task.FromResult(View(FindSlug(slug)));

    public async Task<bool> AddSlugAsync(BuildId build, SlugSpec slug, BuildArtifact artifact, SourceRef source, string stack)
    {
        var added = new StoredSlug(
            slug.Id,
            build,
            artifact.Image,
            artifact.ProcessTypes,
            source.Version,
            artifact.SizeBytes,
            stack,
            slug.BuildpackDescription,
            Now,
            artifact.Images,
            source.Checksum,
            slug.CommitDescription
        );
        if (await MayBeGoneAsync(added.AllImages()))
            return false;
        if (state.Value.Slugs.All(s => s.Id != slug.Id))
            await IntendAsync(() => state.CommitAsync(s => (s with { Slugs = s.Slugs.Add(added) }).Retire(options)));
        return true;
    }

    public async Task<Result<ReleaseView>> ReleaseSlugAsync(Guid slug, string? description)
    {
        if (state.Value.Releases.IsEmpty)
            return new Error(ErrorCodes.AppNotFound, "Couldn't find that app.");
        if (FindSlug(slug) is not { } found)
            return await ReasonAgainstAsync(slug);
        var text = string.IsNullOrWhiteSpace(description) ? ReleaseDescriptions.Deploy(found.Commit) : description;
        await IntendAsync(() => AppendAsync(s => s, text, User, slug, s => s.Basis()!.Config));
        return View(state.Value.Releases[^1]);
    }

    private StoredSlug? FindSlug(Guid slug) => state.Value.IsRetired(slug) ? null : state.Value.Slugs.FirstOrDefault(s => s.Id == slug);

    private async Task<Error> ReasonAgainstAsync(Guid slug)
    {
        if (state.Value.IsRetired(slug))
            return new Error(ErrorCodes.SlugNotFound, "That slug is so old that its image has been removed; upload it again.");
        return await GrainFactory.Build(app, new BuildId(slug)).GetAsync() is { Slug: not null } waiting
            ? new Error(ErrorCodes.SlugNotReady, $"The slug cannot be released: {ReasonAgainst(waiting)}.")
            : new Error(ErrorCodes.SlugNotFound, "Couldn't find that slug.");
    }

    private static string ReasonAgainst(BuildView slug) =>
        slug.Status switch
        {
            BuildStatus.Queued => "its archive has not come yet. PUT it to the blob.url that its creation answered",
            BuildStatus.Failed => $"{slug.Failure!.Message.TrimEnd('.')}. Create another one",
            BuildStatus.Cancelled => "it was given up. Create another one",
            _ => "an image is still being made of it. Try again in a moment",
        };
}
