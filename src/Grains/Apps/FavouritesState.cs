using System.Collections.Immutable;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Grains.Storage;

namespace NeetoDeploy.Grains.Apps;

public sealed record FavouritesState : StoredState
{
    public const string StateName = "favourites";

    /// <summary>In the order in which they were starred. An app that has been destroyed may be among them: nobody finds it any more.</summary>
    public ImmutableArray<AppId> Apps { get; init; } = [];
}
