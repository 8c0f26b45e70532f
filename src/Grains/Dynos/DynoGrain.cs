using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Dynos;
using NeetoDeploy.Core.Formations;
using NeetoDeploy.Core.Releases;
using NeetoDeploy.Drivers.Abstractions.Dynos;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Dynos;
using NeetoDeploy.Grains.Logs;
using NeetoDeploy.Grains.Reconciling;
using NeetoDeploy.Grains.Storage;
using Orleans.Runtime;

namespace NeetoDeploy.Grains.Dynos;

/// <summary>Keeps a place of the formation as it is wished. <see cref="DynoReconciler"/> decides; this grain observes and acts.</summary>
[GrainType("dyno")]
public sealed partial class DynoGrain(
    [PersistentState(DynoState.StateName)] IPersistentState<DynoState> storage,
    IDynoDriver driver,
    IDynoProbe probe,
    DynoOutputFollower outputs,
    PlatformLog lines,
    ReconcileServices services
) : ReconcilingGrain(services), IDynoGrain
{
    private const int MostRounds = 10;
    private static readonly TimeSpan UnsettledPause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan StillTherePause = TimeSpan.FromMinutes(1);

    private readonly Stored<DynoState> state = new(storage);
    private AppId app;
    private DynoName name;
    private DynoPlace? reported;

    protected override WorkItem Work => new(WorkKinds.Dyno, this.GetPrimaryKeyString());

    protected override bool HasWork => !state.Value.Place.IsSettled;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var key = this.GetPrimaryKeyString();
        app = AppId.Parse(key[..key.IndexOf('/', StringComparison.Ordinal)]);
        name = DynoName.Parse(key[(key.IndexOf('/', StringComparison.Ordinal) + 1)..]);
        return base.OnActivateAsync(cancellationToken);
    }

    public Task WantAsync(DynoWish? wish)
    {
        if (state.Value.Place.Wish != wish)
            return IntendAsync(() => state.CommitAsync(s => s with { Place = s.Place.Want(wish) }));
        // The formation asks again because it does not know what came of the wish.
        reported = null;
        Nudge();
        return Task.CompletedTask;
    }

    public Task<DynoReport> GetReportAsync() => DescribeAsync(state.Value.Place);

    public Task<bool> OwnsAsync(ReleaseVersion release, int generation) =>
        Task.FromResult(
            state.Value.Place.Incarnations.Any(incarnation => incarnation.Generation == generation && incarnation.Wish.Release == release)
        );

    public Task ForgetAsync() => state.Exists && state.Value.Place.IsGone ? state.ClearAsync() : Task.CompletedTask;

    protected override async Task<ReconcileOutcome> ReconcileOnceAsync(CancellationToken cancel)
    {
        DynoChanges? changes = null;
        for (var round = 0; round < MostRounds; round++)
        {
            var before = state.Value.Place;
            var seen = before.IsGone ? [] : await ObserveAsync(before, cancel);
            await CommitAsync(s => (changes = DynoReconciler.Decide(name.Type, s.Place, seen, Now)).Place);
            await ReportAsync(changes!.Place); // the routers first, people afterwards
            await lines.WriteAsync(app, name.ToString(), changes.Lines);
            await ApplyAsync(changes, cancel);
            if (changes.Steps.IsEmpty && changes.Place == before)
                break;
        }
        if (changes is not { Place.IsSettled: true, Steps.IsEmpty: true })
            return ReconcileOutcome.LookAgainIn(changes?.LookAgainIn ?? UnsettledPause);
        // What runs shall go on running: the place stays listed, so that a silo that starts looks whether its container is still there.
        if (!changes.Place.IsGone)
            return ReconcileOutcome.LookAgainIn(StillTherePause);
        if (await GrainFactory.App(app).GetAsync() is null)
            await state.ClearAsync(); // while the app lives, its numbers are not used twice
        return ReconcileOutcome.Settled;
    }

    /// <summary>Stores what was decided. A crash of a settled dyno is new work, which must be listed before it is stored.</summary>
    private async Task CommitAsync(Func<DynoState, DynoPlace> decide)
    {
        var current = state.Value;
        var next = decide(current);
        if (next == current.Place)
            return;
        if (current.Place.IsSettled && !next.IsSettled)
            await IntendAsync(() => state.CommitAsync(s => s with { Place = decide(s) }));
        else
            await state.CommitAsync(s => s with { Place = decide(s) });
    }

    private async Task ReportAsync(DynoPlace place)
    {
        if (place == reported)
            return;
        await GrainFactory.Formation(app).DynoChangedAsync(await DescribeAsync(place));
        reported = place;
    }

    private DynoKey KeyOf(Incarnation incarnation) => new(app, name, incarnation.Wish.Release, incarnation.Generation);

    private bool IsWeb => name.Type == ProcessType.Web;
}
