using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Core.Logs;
using NeetoDeploy.Core.Results;
using NeetoDeploy.Drivers.Abstractions.Builds;
using NeetoDeploy.Grains.Apps;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Builds;
using NeetoDeploy.Grains.Reconciling;
using NeetoDeploy.Grains.Storage;
using Orleans.Runtime;

namespace NeetoDeploy.Grains.Builds;

[GrainType("build")]
public sealed partial class BuildGrain : ReconcilingGrain, IBuildGrain
{
    private readonly Stored<BuildState> state;
    private readonly IBuildDriver builder;
    private readonly IReadModelWriter index;
    private readonly AppId app;
    private readonly BuildId id;
    private readonly AppLog appLog;
    private readonly BuildOutputRelay output;

    public BuildGrain(
        [PersistentState(BuildState.StateName)] IPersistentState<BuildState> storage,
        IBuildDriver builder,
        IReadModelWriter index,
        ReconcileServices services
    )
        : base(services)
    {
        state = new(storage);
        this.builder = builder;
        this.index = index;
        var key = this.GetPrimaryKeyString().Split('/');
        (app, id) = (AppId.Parse(key[0]), BuildId.Parse(key[1]));
        appLog = new(GrainFactory, app, services.Time, services.Log);
        output = new(GrainFactory, app, OutputId, services.Time, services.Log);
    }

    protected override WorkItem Work => new(WorkKinds.Build, this.GetPrimaryKeyString());

    // A build that waits for its turn has no work: the app will say when.
    protected override bool HasWork =>
        state.Value is { Build: not null } s && (s.IsReported ? !s.IsCleanedUp : s.IsDue || s.Status.IsEnd());

    /// <summary>An output belongs to one build, so they share an id.</summary>
    private OutputId OutputId => new(id.Value);

    public async Task<BuildView> EnqueueAsync(QueuedBuild build)
    {
        if (state.Value.Build is null)
        {
            await state.CommitAsync(s => s with { Build = build, Status = BuildStatus.Queued, CreatedAt = Now, UpdatedAt = Now });
            await IndexAsync();
        }
        return View()!;
    }

    public Task RunAsync() =>
        state.Value is { Build: not null, IsDue: false, Status: BuildStatus.Queued }
            ? IntendAsync(() => state.CommitAsync(s => s with { IsDue = true, UpdatedAt = Now }))
            : ReconcileAsync();

    public Task<BuildView?> GetAsync() => Task.FromResult(View() is { } view ? view with { Trouble = Trouble?.Message } : null);

    public async Task<Result<BuildView>> CancelAsync(string reason)
    {
        var s = state.Value;
        if (s.Build is null)
            return new Error(ErrorCodes.BuildNotFound, "Couldn't find that build.");
        if (s is { Status: BuildStatus.Succeeded, Release: { } release })
            return (await GrainFactory.Releases(app).CancelPhaseAsync(release, reason)).Map(_ => View()!);
        if (s.Status.IsEnd() || s.Artifact is not null)
            return new Error(
                ErrorCodes.BuildNotRunning,
                $"The build is no longer running; its status is {s.Status.ToString().ToLowerInvariant()}."
            );
        await IntendAsync(() => state.CommitAsync(now => Cancel(now, reason)));
        attempt?.Stop();
        return View()!;
    }

    public async Task<bool> ForgetAsync()
    {
        if (state.Value.Build is null)
            return true;
        if (state.Value is not { IsReported: true, IsCleanedUp: true })
            return false;
        await GrainFactory.Output(OutputId).DestroyAsync();
        await index.RemoveBuildAsync(id, CancellationToken.None);
        await state.ClearAsync();
        return true;
    }

    private BuildState Cancel(BuildState s, string reason) =>
        s.Status.IsEnd() || s.Artifact is not null || s.CancelReason is not null ? s
        : s.Attempt == 0 ? s with { Status = BuildStatus.Cancelled, CancelReason = reason, IsCleanedUp = true, UpdatedAt = Now }
        : s with { CancelReason = reason, UpdatedAt = Now };

    private BuildView? View() =>
        state.Value is not { Build: { } build } s
            ? null
            : new BuildView(
                id,
                app,
                s.Status,
                build.Stack,
                build.Command.Source,
                build.Command.Buildpacks,
                build.User,
                OutputId,
                attempt is { HasEnded: false } running ? running.Phases : s.Phases,
                s.Failure,
                s.Artifact,
                s.Release,
                s.Attempt,
                s.CreatedAt,
                s.UpdatedAt,
                Slug: build.Slug
            );

    /// <summary>What makes a slug is not in the list of builds.</summary>
    private Task IndexAsync() =>
        state.Value.Build!.Slug is null ? index.PutBuildAsync(View()!, CancellationToken.None) : Task.CompletedTask;
}
