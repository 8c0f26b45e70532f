using System.Collections.Immutable;
using NeetoDeploy.Core.Dynos;
using NeetoDeploy.Core.Formations;
using NeetoDeploy.Core.Releases;
using NeetoDeploy.Core.Runs;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Dynos;

namespace NeetoDeploy.Grains.Formations;

/// <summary>The app's dynos, one-off dynos among them.</summary>
public sealed partial class FormationGrain
{
    private const int LowestRunOrdinal = 1_000;
    private const int RunOrdinals = 9_000;

    public async Task<ImmutableArray<DynoView>> ListDynosAsync()
    {
        // Whoever destroys the app waits for the last one.
        var places = state
            .Value.Places.Where(place => place.Value.Wish is not null || state.Value.IsDestroyed)
            .Select(place => ReportOfAsync(place.Key));
        var runs = state.Value.Runs.Keys.Select(run => GrainFactory.Run(App, run).GetAsync());
        var dynos = (await Task.WhenAll(places)).Select(report => report.Dyno);
        var oneOffs = (await Task.WhenAll(runs)).Where(run => run is { HasEnded: false }).Select(run => run!.Dyno);
        return
        [
            .. dynos.Concat(oneOffs).OrderBy(dyno => dyno.Name.Type.ToString(), StringComparer.Ordinal).ThenBy(dyno => dyno.Name.Ordinal),
        ];
    }

    public async Task<DynoName> OpenRunAsync(RunId run, ProcessType type)
    {
        if (!state.Value.Runs.ContainsKey(run))
            await state.CommitAsync(s => s with { Runs = s.Runs.SetItem(run, FreeName(s, run, type)) });
        return state.Value.Runs[run];
    }

    public async Task CloseRunAsync(RunId run)
    {
        await state.CommitAsync(s => Close(s, run));
        if (state.Value.IsDestroyed || state.Value.EndedRuns.Length > RunsKept)
            Nudge();
    }

    /// <summary>Release phases are remembered by the ledger.</summary>
    private static FormationState Close(FormationState s, RunId run) =>
        !s.Runs.TryGetValue(run, out var name)
            ? s
            : s with
            {
                Runs = s.Runs.Remove(run),
                EndedRuns = name.Type == ProcessType.Release ? s.EndedRuns : s.EndedRuns.Add(run),
            };

    public async Task EngineChangedAsync(DynoName dyno)
    {
        foreach (var (run, _) in state.Value.Runs.Where(open => open.Value == dyno))
            await GrainFactory.Run(App, run).ReconcileAsync();
        if (state.Value.Places.ContainsKey(dyno))
            await GrainFactory.Dyno(App, dyno).ReconcileAsync();
    }

    public Task<bool> OwnsAsync(DynoName dyno, ReleaseVersion release, int generation) =>
        state.Value.Runs.ContainsValue(dyno) ? Task.FromResult(true) : GrainFactory.Dyno(App, dyno).OwnsAsync(release, generation);

    private async Task<DynoReport> ReportOfAsync(DynoName name) =>
        reports.GetValueOrDefault(name) ?? await GrainFactory.Dyno(App, name).GetReportAsync();

    private ImmutableArray<RunId> SelectRuns(string? selection) =>
        [
            .. state
                .Value.Runs.Where(run => selection is null || run.Value.ToString() == selection || run.Value.Type.ToString() == selection)
                .Select(run => run.Key),
        ];

    private async Task StopRunsAsync(ImmutableArray<RunId> runs)
    {
        foreach (var run in runs)
            await GrainFactory.Run(App, run).StopAsync();
    }

    // The number follows from the run, so that it looks as random as Heroku's and needs no source of chance.
    private static DynoName FreeName(FormationState s, RunId run, ProcessType type)
    {
        var first = (int)(BitConverter.ToUInt32(run.Value.ToByteArray(), 12) % RunOrdinals);
        return Enumerable
            .Range(0, RunOrdinals)
            .Select(i => new DynoName(type, LowestRunOrdinal + (first + i) % RunOrdinals))
            .First(name => !s.Runs.ContainsValue(name));
    }
}
