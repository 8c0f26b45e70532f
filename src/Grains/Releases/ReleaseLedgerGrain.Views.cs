using NeetoDeploy.Core.Releases;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Interfaces.Apps;
using NeetoDeploy.Grains.Interfaces.Releases;

namespace NeetoDeploy.Grains.Releases;

/// <summary>Releases as people name and see them.</summary>
public sealed partial class ReleaseLedgerGrain
{
    private const string CurrentReference = "current";

    private static AccountRef User =>
        CallContext.Actor is { } actor
            ? new AccountRef(actor.Id, actor.Email)
            : throw new InvalidOperationException("A call without an actor passed the filter.");

    private StoredRelease? Find(string reference)
    {
        var s = state.Value;
        if (reference == CurrentReference)
            return s.Current();
        if (ReleaseVersion.TryParse(reference, null, out var version))
            return s.Releases.FirstOrDefault(r => r.Version == version);
        return ReleaseId.TryParse(reference, null, out var id) ? s.Releases.FirstOrDefault(r => r.Id == id) : null;
    }

    private bool IsEligible(StoredRelease release) =>
        release is { Slug: { } slug, Status: ReleaseStatus.Succeeded } && !state.Value.IsRetired(slug);

    private ReleaseView View(StoredRelease r) =>
        new(
            r.Id,
            r.Version,
            app,
            r.Description,
            r.Status,
            r.User,
            View(state.Value.SlugOf(r)),
            r == state.Value.Current(),
            IsEligible(r),
            r.Output,
            r.CreatedAt,
            r.UpdatedAt
        );

    private static SlugView? View(StoredSlug? s) =>
        s is null
            ? null
            : new SlugView(
                s.Id,
                s.Build,
                s.Image,
                s.ProcessTypes,
                s.Commit,
                s.SizeBytes,
                s.Stack,
                s.BuildpackDescription,
                s.CreatedAt,
                s.Images,
                s.Checksum,
                s.CommitDescription
            );
}
