using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.ConfigVars;
using NeetoDeploy.Core.Releases;
using NeetoDeploy.Core.Results;
using NeetoDeploy.Drivers.Abstractions.Dynos;
using NeetoDeploy.Drivers.Abstractions.Images;
using NeetoDeploy.Grains.Apps;
using NeetoDeploy.Grains.Interfaces.Apps;
using NeetoDeploy.Grains.Interfaces.Releases;
using NeetoDeploy.Grains.Reconciling;
using NeetoDeploy.Grains.Storage;
using Orleans.Runtime;

namespace NeetoDeploy.Grains.Releases;

[GrainType("releases")]
public sealed partial class ReleaseLedgerGrain : ReconcilingGrain, IReleaseLedgerGrain
{
    private readonly Stored<ReleasesState> state;
    private readonly ISecretBox secrets;
    private readonly IImageStore images;
    private readonly IDynoDriver engine;
    private readonly ReleasesOptions options;
    private readonly AppId app;
    private readonly AppLog appLog;

    public ReleaseLedgerGrain(
        [PersistentState(ReleasesState.StateName)] IPersistentState<ReleasesState> storage,
        ISecretBox secrets,
        IImageStore images,
        IDynoDriver engine,
        IOptions<ReleasesOptions> options,
        ReconcileServices services
    )
        : base(services)
    {
        state = new(storage);
        this.secrets = secrets;
        this.images = images;
        this.engine = engine;
        this.options = options.Value;
        app = AppId.Parse(this.GetPrimaryKeyString());
        appLog = new(GrainFactory, app, services.Time, services.Log);
    }

    protected override WorkItem Work => new(WorkKinds.Releases, app.ToString());

    private static Error NotFound => new(ErrorCodes.ReleaseNotFound, "Couldn't find that release.");

    public async Task OpenAsync(AccountRef owner)
    {
        if (!state.Value.Releases.IsEmpty)
            return;
        var now = Now;
        var noVars = Seal(ConfigVarPatch.NoVars);
        await state.CommitAsync(s =>
            (s with { Configs = s.Configs.Add(1, noVars) })
                .Append(Guid.NewGuid(), ReleaseDescriptions.Initial, owner, 1, null, now)
                .Append(Guid.NewGuid(), ReleaseDescriptions.EnableLogs, owner, 1, null, now)
        );
        foreach (var release in state.Value.Releases)
            Announce(release);
    }

    public Task<ImmutableArray<ReleaseView>> ListAsync() =>
        Task.FromResult<ImmutableArray<ReleaseView>>([.. state.Value.Releases.Select(View)]);

    public Task<ReleaseView?> GetAsync(string reference) => Task.FromResult(Find(reference) is { } release ? View(release) : null);

    public Task<RunnableRelease?> GetRunnableAsync(ReleaseVersion? version)
    {
        var release = version is { } wanted ? state.Value.Releases.FirstOrDefault(r => r.Version == wanted) : state.Value.Current();
        return Task.FromResult(release is { Slug: not null } ? new RunnableRelease(View(release), Open(state.Value, release)) : null);
    }

    public async Task<Result<ReleaseView>> RollbackAsync(string reference)
    {
        if (Find(reference) is not { } target)
            return NotFound;
        if (!IsEligible(target))
            return new Error(ErrorCodes.ReleaseNotEligible, $"{target.Version} cannot be rolled back to: {ReasonAgainst(target)}.");
        await IntendAsync(() => AppendAsync(s => s, ReleaseDescriptions.Rollback(target.Version), User, target.Slug, _ => target.Config));
        return View(state.Value.Releases[^1]);
    }

    private static string ReasonAgainst(StoredRelease release) =>
        release switch
        {
            { Slug: null } => "it has no build",
            { Status: not ReleaseStatus.Succeeded } => "it did not succeed",
            _ => "it is so old that its image has been removed; deploy its source again",
        };

    private async Task AppendAsync(
        Func<ReleasesState, ReleasesState> prepare,
        string description,
        AccountRef user,
        Guid? slug,
        Func<ReleasesState, int> config
    )
    {
        var id = Guid.NewGuid();
        await state.CommitAsync(s => prepare(s).Append(id, description, user, config(s), slug, Now).Retire(options));
        Announce(state.Value.Releases[^1]);
    }

    private void Announce(StoredRelease release) =>
        appLog.Say(
            $"Release {release.Version} created by user {release.User.Email}",
            $"{release.Description} by user {release.User.Email}"
        );
}
