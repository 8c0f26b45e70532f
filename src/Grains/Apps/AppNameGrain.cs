using NeetoDeploy.Core.Apps;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Apps;
using NeetoDeploy.Grains.Storage;
using Orleans.Runtime;

namespace NeetoDeploy.Grains.Apps;

/// <summary>Who has a name.</summary>
public sealed record ClaimState : StoredState
{
    public const string AppName = "app_name";
    public const string Domain = "domain";

    public AppId? Holder { get; init; }
}

[GrainType("app_name")]
public sealed class AppNameGrain([PersistentState(ClaimState.AppName)] IPersistentState<ClaimState> storage) : Grain, IAppNameGrain
{
    private readonly Claim claim = new(storage);

    public Task<bool> ClaimAsync(AppId app) => claim.TakeAsync(GrainFactory, this.GetPrimaryKeyString(), app);

    public Task ReleaseAsync(AppId app) => claim.GiveBackAsync(app);

    public Task<AppId?> ResolveAsync() => Task.FromResult(claim.Holder);
}

[GrainType("domain")]
public sealed class DomainGrain([PersistentState(ClaimState.Domain)] IPersistentState<ClaimState> storage) : Grain, IDomainGrain
{
    private readonly Claim claim = new(storage);

    public Task<bool> ClaimAsync(AppId app) => claim.TakeAsync(GrainFactory, this.GetPrimaryKeyString(), app);

    public Task ReleaseAsync(AppId app) => claim.GiveBackAsync(app);
}

/// <summary>A unique name and its holder.</summary>
internal sealed class Claim(IPersistentState<ClaimState> storage)
{
    private readonly Stored<ClaimState> state = new(storage);

    public AppId? Holder => state.Value.Holder;

    /// <summary>
    /// Takes the name when it is free. A holder that knows nothing of the name crashed between its claim and its own write; the claim passes on.
    /// </summary>
    public async Task<bool> TakeAsync(IGrainFactory grains, string name, AppId app)
    {
        if (Holder == app)
            return true;
        if (Holder is { } holder && await grains.App(holder).UsesNameAsync(name))
            return false;
        await state.CommitAsync(s => s with { Holder = app });
        return true;
    }

    public Task GiveBackAsync(AppId app) => Holder == app ? state.ClearAsync() : Task.CompletedTask;
}
