using System.Collections.Immutable;
using NeetoDeploy.Core.Access;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Core.Releases;
using NeetoDeploy.Core.Results;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Interfaces.Apps;
using Orleans.Concurrency;

namespace NeetoDeploy.Grains.Interfaces.Releases;

/// <summary>
/// An app's config vars and releases, in one place, because each change of config vars is a release. Versions grow by one, without gaps.
/// Key: the app's id.
/// </summary>
[Alias("neeto.IReleaseLedgerGrain")]
public interface IReleaseLedgerGrain : IGrainWithStringKey
{
    /// <summary>Writes the first two releases of a new app. Repeating it changes nothing.</summary>
    [PlatformOnly, Alias("Open")]
    Task OpenAsync(AccountRef owner);

    [Requires(AppAction.ReadSecrets), AlwaysInterleave, Alias("GetConfigVars")]
    Task<ImmutableSortedDictionary<string, string>> GetConfigVarsAsync();

    /// <summary>Sets the vars that have a value and removes those that are null: one release for the whole patch, none when nothing changes.</summary>
    [Requires(AppAction.Operate), Alias("UpdateConfigVars")]
    Task<Result<ImmutableSortedDictionary<string, string>>> UpdateConfigVarsAsync(ImmutableSortedDictionary<string, string?> patch);

    /// <summary>Oldest first.</summary>
    [Requires(AppAction.View), AlwaysInterleave, Alias("List")]
    Task<ImmutableArray<ReleaseView>> ListAsync();

    /// <summary>By version (<c>12</c>, <c>v12</c>), by id, or <c>current</c>; null when there is none.</summary>
    [Requires(AppAction.View), AlwaysInterleave, Alias("Get")]
    Task<ReleaseView?> GetAsync(string reference);

    /// <summary>The config vars that a release runs with; null when there is no such release.</summary>
    [Requires(AppAction.ReadSecrets), AlwaysInterleave, Alias("GetReleaseConfigVars")]
    Task<ImmutableSortedDictionary<string, string>?> GetConfigVarsAsync(string reference);

    /// <summary>A new release with the image and the config vars of an earlier one.</summary>
    [Requires(AppAction.Deploy), Alias("Rollback")]
    Task<Result<ReleaseView>> RollbackAsync(string reference);

    /// <summary>An image of this app, released or not; null when there is none with this id, or when it has been removed.</summary>
    [Requires(AppAction.View), AlwaysInterleave, Alias("GetSlug")]
    Task<SlugView?> GetSlugAsync(Guid slug);

    /// <summary>A new release of an image that this app has, with the config vars of the newest release.</summary>
    /// <param name="description">What the release is called; null: its commit.</param>
    [Requires(AppAction.Deploy), Alias("ReleaseSlug")]
    Task<Result<ReleaseView>> ReleaseSlugAsync(Guid slug, string? description);

    /// <summary>Stops the release phase of a release, which fails by it. Refused once the phase has ended.</summary>
    [Requires(AppAction.Deploy), Alias("CancelPhase")]
    Task<Result<ReleaseView>> CancelPhaseAsync(ReleaseId release, string reason);

    /// <summary>
    /// The release of a successful build. Repeating it for the same build answers the same release. A rebase that found nothing to do answers the newest release.
    /// Null: the build made the very image of an old release whose image has just been removed, or rebased what is no longer the newest release, so it has to be
    /// made again.
    /// </summary>
    [PlatformOnly, Alias("ReleaseBuild")]
    Task<ReleaseView?> ReleaseBuildAsync(BuildId build, BuildArtifact artifact, SourceRef source, string stack, AccountRef user);

    /// <summary>
    /// Keeps an image that was made without buildpacks, for releases to come. Repeating it changes nothing. False: this very image has just been removed,
    /// so it has to be made again.
    /// </summary>
    [PlatformOnly, Alias("AddSlug")]
    Task<bool> AddSlugAsync(BuildId build, SlugSpec slug, BuildArtifact artifact, SourceRef source, string stack);

    /// <summary>What dynos of a release run; null: the current release. Null when there is no image yet.</summary>
    [PlatformOnly, AlwaysInterleave, Alias("GetRunnable")]
    Task<RunnableRelease?> GetRunnableAsync(ReleaseVersion? version);

    /// <summary>Looks again at what remains to be done.</summary>
    [PlatformOnly, Alias("Reconcile")]
    Task ReconcileAsync();

    /// <summary>Removes everything: the app has been destroyed. False: a release phase has not ended yet, ask again.</summary>
    [PlatformOnly, Alias("Destroy")]
    Task<bool> DestroyAsync();
}
