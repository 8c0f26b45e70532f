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
/// <param name="Account">Who looks.</param>
/// <param name="SeesAll">Whether they may see every app, and not only what they own or share.</param>
/// <param name="Text">A part of the name, in lower case; empty: any.</param>
/// <param name="Statuses">Empty: any.</param>
/// <param name="Favourites">They come first.</param>
/// <param name="OnlyFavourites">Leave out all others.</param>
/// <param name="Skip">How many rows lie before the part.</param>
/// <param name="Max">At most this many rows, 1 to 1,000.</param>
public sealed record AppQuery(
    AccountId Account,
    bool SeesAll,
    AppOwnership Ownership,
    string Text,
    ImmutableArray<AppStatus> Statuses,
    ImmutableArray<AppId> Favourites,
    bool OnlyFavourites,
    int Skip,
    int Max
)
{
    /// <summary>The team that owns them; null: any, or none.</summary>
    public TeamId? Team { get; init; }
}

/// <summary>A part of the apps that were looked for.</summary>
/// <param name="Total">How many there are in all.</param>
public sealed record AppsFound(ImmutableArray<AppView> Rows, int Total);
