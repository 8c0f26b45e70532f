using System.Collections.Immutable;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Results;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Interfaces.Apps;
using NeetoDeploy.Grains.Storage;
using Orleans.Runtime;

namespace NeetoDeploy.Grains.Apps;

[GrainType("favourites")]
public sealed class FavouritesGrain([PersistentState(FavouritesState.StateName)] IPersistentState<FavouritesState> storage)
    : Grain,
        IFavouritesGrain
{
    /// <summary>Each of them is a part of the question for a list.</summary>
    public const int Most = 100;

    private readonly Stored<FavouritesState> state = new(storage);

    public Task<ImmutableArray<AppId>> ListAsync()
    {
        AdmitOnlyTheHolder();
        return Task.FromResult(state.Value.Apps);
    }

    public async Task<Result<Done>> SetAsync(AppId app, bool isFavourite)
    {
        AdmitOnlyTheHolder();
        if (isFavourite && state.Value.Apps is { Length: >= Most } apps && !apps.Contains(app))
            return new Error(
                ErrorCodes.FavouritesTooMany,
                $"You have {Most} favourites already. Take a star away before you give another."
            );
        await state.CommitAsync(s =>
            s.Apps.Contains(app) == isFavourite ? s : s with { Apps = isFavourite ? s.Apps.Add(app) : s.Apps.Remove(app) }
        );
        return new Done();
    }

    private void AdmitOnlyTheHolder()
    {
        if (CallContext.Actor?.Id.ToString() != this.GetPrimaryKeyString())
            throw new AccessDeniedException("Favourites are open to whose they are.");
    }
}
