using System.Collections.Immutable;
using NeetoDeploy.Core.Access;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Core.Formations;
using NeetoDeploy.Core.Results;
using NeetoDeploy.Core.Teams;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Interfaces.Builds;
using NeetoDeploy.Grains.Interfaces.Releases;
using NeetoDeploy.Grains.Interfaces.Teams;
using Orleans.Concurrency;

namespace NeetoDeploy.Grains.Interfaces.Apps;

/// <summary>An app: name, owner, stack, buildpacks, sharing, custom domains, and the order of its builds. Key: the app's id.</summary>
[Alias("neeto.IAppGrain")]
public interface IAppGrain : IGrainWithStringKey
{
    /// <summary>Creates the app for the calling account. Repeating it with the same id answers the app as it is.</summary>
    [RequiresAccount, Alias("Create")]
    Task<Result<AppView>> CreateAsync(CreateApp command);

    /// <summary>The app; null when it does not exist or is being destroyed.</summary>
    [Requires(AppAction.View), AlwaysInterleave, Alias("Get")]
    Task<AppView?> GetAsync();

    [Requires(AppAction.Administer), Alias("Rename")]
    Task<Result<AppView>> RenameAsync(AppName name);

    [Requires(AppAction.Operate), Alias("SetMaintenance")]
    Task<Result<AppView>> SetMaintenanceAsync(bool on);

    /// <summary>The stack of the next build.</summary>
    [Requires(AppAction.Operate), Alias("SetStack")]
    Task<Result<AppView>> SetStackAsync(string stack);

    [Requires(AppAction.Operate), Alias("SetBuildpacks")]
    Task<Result<AppView>> SetBuildpacksAsync(ImmutableArray<BuildpackRef> buildpacks);

    [Requires(AppAction.Operate), Alias("SetFeature")]
    Task<Result<AppView>> SetFeatureAsync(string feature, bool enabled);

    /// <summary>Makes the app disappear at once for everybody, and removes what it owns in the background.</summary>
    [Requires(AppAction.Administer), Alias("Destroy")]
    Task<Result<AppView>> DestroyAsync();

    [Requires(AppAction.Administer), Alias("AddCollaborator")]
    Task<Result<CollaboratorView>> AddCollaboratorAsync(string email);

    [Requires(AppAction.Administer), Alias("RemoveCollaborator")]
    Task<Result<CollaboratorView>> RemoveCollaboratorAsync(string email);

    /// <summary>Owner first.</summary>
    [Requires(AppAction.View), AlwaysInterleave, Alias("ListCollaborators")]
    Task<ImmutableArray<CollaboratorView>> ListCollaboratorsAsync();

    /// <summary>Who has access by being in the team that owns the app; nobody when an account does.</summary>
    [Requires(AppAction.View), AlwaysInterleave, Alias("ListTeamMembers")]
    Task<ImmutableArray<TeamMemberView>> ListTeamMembersAsync();

    /// <summary>The default domain first.</summary>
    [Requires(AppAction.View), AlwaysInterleave, Alias("ListDomains")]
    Task<ImmutableArray<DomainView>> ListDomainsAsync();

    [Requires(AppAction.Operate), Alias("AddDomain")]
    Task<Result<DomainView>> AddDomainAsync(string host);

    [Requires(AppAction.Operate), Alias("RemoveDomain")]
    Task<Result<DomainView>> RemoveDomainAsync(string host);

    /// <summary>Queues a build. Builds of one app run in order; a build that still waits when a later one arrives is cancelled in its favour, but never for a rebase.</summary>
    [Requires(AppAction.Deploy), Alias("StartBuild")]
    Task<Result<BuildView>> StartBuildAsync(StartBuild command);

    /// <summary>
    /// A slug whose archive will be uploaded. What makes an image of it is like a build, has the slug's id, waits for its archive, and then for no other build.
    /// </summary>
    [Requires(AppAction.Deploy), Alias("CreateSlug")]
    Task<Result<BuildView>> CreateSlugAsync(CreateSlug command);

    /// <summary>
    /// Takes over a slug of another app, which the caller must be allowed to see. The answer is what does it; when that has succeeded the slug can be released.
    /// </summary>
    [Requires(AppAction.Deploy), Alias("CopySlug")]
    Task<Result<BuildView>> CopySlugAsync(AppId from, Guid slug);

    /// <summary>Forgets what earlier builds kept for later ones.</summary>
    [Requires(AppAction.Deploy), Alias("PurgeBuildCache")]
    Task<Result<Done>> PurgeBuildCacheAsync();

    /// <summary>Its builds, as the lists have them: they may be a moment old.</summary>
    [Requires(AppAction.View), AlwaysInterleave, Alias("ListBuilds")]
    Task<Page<BuildView>> ListBuildsAsync(PageRange range);

    /// <summary>The builds that have not ended, in the order in which they came.</summary>
    [PlatformOnly, AlwaysInterleave, Alias("ListQueue")]
    Task<ImmutableArray<BuildId>> ListQueueAsync();

    /// <summary>A build has reached its end: start the next one.</summary>
    [PlatformOnly, Alias("BuildEnded")]
    Task BuildEndedAsync(BuildId build);

    /// <summary>A release with an image has become the current one.</summary>
    [PlatformOnly, Alias("Released")]
    Task ReleasedAsync(ReleaseView current);

    /// <summary>The app's dynos, all together, are now like this.</summary>
    [PlatformOnly, Alias("FormationChanged")]
    Task FormationChangedAsync(FormationStatus formation);

    /// <summary>Whether the app has this name or custom host, or is about to take it; false means that a claim in its name is a leftover.</summary>
    [PlatformOnly, AlwaysInterleave, Alias("UsesName")]
    Task<bool> UsesNameAsync(string name);

    /// <summary>Gives the app to a team, whose members have access by their roles. The caller must be allowed to add apps to it.</summary>
    [Requires(AppAction.Administer), Alias("GiveToTeam")]
    Task<Result<AppView>> GiveToTeamAsync(TeamName team);

    /// <summary>Gives the app to an account.</summary>
    [Requires(AppAction.Administer), Alias("GiveToAccount")]
    Task<Result<AppView>> GiveToAccountAsync(string email);

    /// <summary>Who is in the team that owns the app has changed.</summary>
    [PlatformOnly, Alias("TeamChanged")]
    Task TeamChangedAsync();

    /// <summary>What the caller is to this app: an owner, for administrators.</summary>
    [Requires(AppAction.View), AlwaysInterleave, Alias("GetOwnRole")]
    Task<AppRole> GetOwnRoleAsync();

    /// <summary>What an account is to this app.</summary>
    [PlatformOnly, AlwaysInterleave, Alias("GetRole")]
    Task<AppRole> GetRoleAsync(AccountId account);

    /// <summary>Looks again at what remains to be done.</summary>
    [PlatformOnly, Alias("Reconcile")]
    Task ReconcileAsync();
}
