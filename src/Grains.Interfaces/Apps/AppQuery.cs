using System.Collections.Immutable;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Teams;

namespace NeetoDeploy.Grains.Interfaces.Apps;

/// <summary>Whose apps somebody looks for.</summary>
public enum AppOwnership
{
    /// <summary>All that they may see.</summary>
    Any,

    /// <summary>Their own.</summary>
    Mine,

    /// <summary>What others share with them.</summary>
    Shared,
}

/// <summary>Which apps somebody looks for, and which part of them.</summary>
/// <param name="Text">A part of the name, in lower case; empty: any.</param>
/// <param name="Statuses">Empty: any.</param>
/// <param name="Favourites">They come first.</param>
/// <param name="OnlyFavourites">Leave out all others.</param>
/// <param name="Skip">How many rows lie before the part.</param>
/// <param name="Max">At most this many rows, 1 to 1,000.</param>
[GenerateSerializer, Immutable, Alias("neeto.AppQuery")]
public sealed record AppQuery(
    [property: Id(0)] AppOwnership Ownership,
    [property: Id(1)] string Text,
    [property: Id(2)] ImmutableArray<AppStatus> Statuses,
    [property: Id(3)] ImmutableArray<AppId> Favourites,
    [property: Id(4)] bool OnlyFavourites,
    [property: Id(5)] int Skip,
    [property: Id(6)] int Max
)
{
    /// <summary>The team that owns them; null: any, or none.</summary>
    [Id(7)]
    public TeamId? Team { get; init; }
}

/// <summary>A part of the apps that were looked for.</summary>
/// <param name="Total">How many there are in all.</param>
[GenerateSerializer, Immutable, Alias("neeto.AppsFound")]
public sealed record AppsFound([property: Id(0)] ImmutableArray<AppView> Rows, [property: Id(1)] int Total);
