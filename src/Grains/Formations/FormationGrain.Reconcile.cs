using NeetoDeploy.Core.Dynos;
using NeetoDeploy.Core.Formations;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Apps;
using NeetoDeploy.Grains.Interfaces.Dynos;
using NeetoDeploy.Grains.Interfaces.Releases;
using NeetoDeploy.Grains.Reconciling;

namespace NeetoDeploy.Grains.Formations;

/// <summary>Brings the places to what app and release say.</summary>
public sealed partial class FormationGrain
{
    private static readonly TimeSpan UnsettledPause = TimeSpan.FromSeconds(30);

    /// <summary>What each place was told by this activation; the rest is told again.</summary>
    private readonly Dictionary<DynoName, DynoWish?> told = [];

    /// <summary>What the app was told by this activation.</summary>
    private FormationStatus? toldApp;

    public Task DynoChangedAsync(DynoReport report)
    {
        reports[report.Dyno.Name] = report;
        Nudge();
        return Task.CompletedTask;
    }

    protected override async Task<ReconcileOutcome> ReconcileOnceAsync(CancellationToken cancel)
    {
        if (state.Value.IsDestroyed)
            return await DestroyOnceAsync(cancel);
        if (await GrainFactory.App(App).GetAsync() is not { } app)
            return ReconcileOutcome.Settled;
        var runnable = await GrainFactory.Releases(App).GetRunnableAsync(null);
        await FollowReleaseAsync(runnable);
        var isSettled = await RollAsync(app, runnable);
        await PublishAsync(app, runnable is not null);
        await TellAppAsync();
        await ForgetRunsAsync(RunsKept);
        return isSettled ? ReconcileOutcome.Settled : ReconcileOutcome.LookAgainIn(UnsettledPause);
    }

    /// <summary>Takes over the process types of a new current release.</summary>
    private async Task FollowReleaseAsync(RunnableRelease? runnable)
    {
        if (runnable?.Release is not { Slug: { } slug } release || state.Value.Release == release.Version)
            return;
        await IntendAsync(() =>
            state.CommitAsync(s =>
                s with
                {
                    Release = release.Version,
                    Rows = FormationRules.Follow(s.Rows, slug.ProcessTypes, Guid.CreateVersion7, Now),
                }
            )
        );
    }

    /// <summary>Decides, stores, and tells the places; answers whether nothing is left to do.</summary>
    private async Task<bool> RollAsync(AppView app, RunnableRelease? runnable)
    {
        foreach (var name in state.Value.Places.Keys.Where(name => !reports.ContainsKey(name)).ToList())
            reports.TryAdd(name, await GrainFactory.Dyno(App, name).GetReportAsync()); // news that came meanwhile is newer
        var isSettled = false;
        FormationState Decide(FormationState s)
        {
            var spec = new FormationSpec(app.Name, runnable?.Release.Version, s.Rows);
            var changes = FormationReconciler.Decide(spec, s.Places, Sightings(s));
            isSettled = changes.IsSettled;
            return s.With(changes.Places);
        }

        if (!ReferenceEquals(Decide(state.Value), state.Value))
            await IntendAsync(() => state.CommitAsync(Decide));
        await TellAsync();
        return isSettled;
    }

    private async Task TellAsync()
    {
        var places = state.Value.Places;
        foreach (var (name, place) in places.OrderByDescending(place => place.Key.Ordinal))
        {
            if (told.TryGetValue(name, out var wish) && wish == place.Wish)
                continue;
            await GrainFactory.Dyno(App, name).WantAsync(place.Wish);
            told[name] = place.Wish;
        }
        foreach (var name in told.Keys.Except(places.Keys).ToList())
        {
            told.Remove(name);
            reports.Remove(name);
        }
    }

    private async Task TellAppAsync()
    {
        var status = FormationStatuses.Of([
            .. reports
                .Where(report => state.Value.Places.GetValueOrDefault(report.Key)?.Wish is not null)
                .Select(report => report.Value.Dyno.Status),
        ]);
        if (status == toldApp)
            return;
        await GrainFactory.App(App).FormationChangedAsync(status);
        toldApp = status;
    }

    private Dictionary<DynoName, PlaceSighting> Sightings(FormationState s) =>
        reports
            .Where(report => s.Places.ContainsKey(report.Key))
            .ToDictionary(report => report.Key, report => Sighting(report.Value, s.Places[report.Key]));

    /// <summary>News from before the place knew its wish say only what is up.</summary>
    private static PlaceSighting Sighting(DynoReport report, FormationPlace place)
    {
        var isNews = report.Wish == place.Wish;
        var isUp = report.Dyno.Status == DynoStatus.Up || !report.Serving.IsEmpty;
        return new PlaceSighting(isNews && report.IsSettled, isUp, isNews && report.IsGone);
    }
}
