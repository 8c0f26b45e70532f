using System.Collections.Immutable;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Dynos;
using NeetoDeploy.Core.Formations;
using NeetoDeploy.Core.Results;
using NeetoDeploy.Drivers.Abstractions.Dynos;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Interfaces.Dynos;
using NeetoDeploy.Grains.Interfaces.Formations;
using NeetoDeploy.Grains.Logs;
using NeetoDeploy.Grains.Reconciling;
using NeetoDeploy.Grains.Storage;
using Orleans.Runtime;

namespace NeetoDeploy.Grains.Formations;

/// <summary>Tells each place what to run, and the routers where to find what is up. <see cref="FormationReconciler"/> decides.</summary>
[GrainType("formation")]
public sealed partial class FormationGrain(
    [PersistentState(FormationState.StateName)] IPersistentState<FormationState> storage,
    IDynoDriver driver,
    PlatformLog lines,
    ReconcileServices services
) : ReconcilingGrain(services), IFormationGrain
{
    private readonly Stored<FormationState> state = new(storage);
    private readonly Dictionary<DynoName, DynoReport> reports = [];

    private AppId App => AppId.Parse(this.GetPrimaryKeyString());

    protected override WorkItem Work => new(WorkKinds.Formation, this.GetPrimaryKeyString());

    /// <summary>Whether everything is as wanted is not stored: an activation looks once.</summary>
    protected override bool HasWork => state.Exists;

    public Task<ImmutableArray<ProcessView>> GetAsync() => Task.FromResult(View(state.Value.Rows));

    public async Task<Result<ImmutableArray<ProcessView>>> ScaleAsync(ImmutableArray<ScaleChange> changes)
    {
        await FollowReleaseAsync(await GrainFactory.Releases(App).GetRunnableAsync(null));
        Result<ImmutableArray<ProcessRow>> scaled = state.Value.Rows;
        foreach (var change in changes)
            scaled = scaled.Match(rows => FormationRules.Scale(rows, change.Type, change.Quantity, change.Size, Now), error => error);
        if (!scaled.IsOk)
            return scaled.Error;
        if (scaled.Value != state.Value.Rows)
        {
            await IntendAsync(() => state.CommitAsync(s => s with { Rows = scaled.Value }));
            await lines.WriteActionAsync(App, $"Scaled to {Describe(scaled.Value)} by user {CallContext.Actor?.Email}");
        }
        return View(scaled.Value);
    }

    public async Task<Result<Done>> RestartAsync(string? selection)
    {
        var runs = SelectRuns(selection);
        var places = FormationReconciler.Select(state.Value.Places, selection);
        if (selection is not null && runs.IsEmpty && places.IsEmpty)
            return NotFound(selection);
        if (selection is not null)
            await StopRunsAsync(runs);
        await RestartPlacesAsync(places);
        return new Done();
    }

    public async Task<Result<Done>> StopAsync(string selection)
    {
        var runs = SelectRuns(selection);
        var places = FormationReconciler.Select(state.Value.Places, selection);
        if (runs.IsEmpty && places.IsEmpty)
            return NotFound(selection);
        await StopRunsAsync(runs);
        await RestartPlacesAsync(places);
        return new Done();
    }

    /// <summary>The ledger tells of a new release only once: what it asks for must outlive this silo.</summary>
    public override Task ReconcileAsync() => IntendAsync(() => Task.CompletedTask);

    private async Task RestartPlacesAsync(ImmutableArray<DynoName> names)
    {
        if (names.IsEmpty)
            return;
        await IntendAsync(() =>
            state.CommitAsync(s =>
                s with
                {
                    Places = s.Places.SetItems(
                        names
                            .Where(s.Places.ContainsKey)
                            .Select(name => KeyValuePair.Create(name, s.Places[name] with { Restart = s.Places[name].Restart + 1 }))
                    ),
                }
            )
        );
    }

    private static Error NotFound(string selection) => new(ErrorCodes.DynoNotFound, $"Couldn't find that dyno ({selection}).");

    private static string Describe(ImmutableArray<ProcessRow> rows) =>
        string.Join(' ', rows.Select(row => $"{row.Type}@{row.Quantity}:{row.Size.Name}"));

    private static ImmutableArray<ProcessView> View(ImmutableArray<ProcessRow> rows) =>
        [.. rows.Select(row => new ProcessView(row.Id, row.Type, row.Command, row.Quantity, row.Size, row.CreatedAt, row.UpdatedAt))];
}
