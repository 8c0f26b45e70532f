using System.Collections.Immutable;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Results;
using NeetoDeploy.Grains.Interfaces.Builds;

namespace NeetoDeploy.Grains.Interfaces.Apps;

/// <summary>
/// Lists that no single grain could answer quickly, kept in SQL beside the grains' own tables. Grains write it after their state; it can be
/// rebuilt, may be a moment old, and never decides anything nor grants access.
/// </summary>
public interface IReadModel
{
    /// <summary>Apps that an account owns or shares (every app for null), in the order and the part that the range says.</summary>
    Task<Page<AppView>> ListAppsAsync(AccountId? account, PageRange range, CancellationToken cancel);

    /// <summary>The apps that a person looks for, those whose names begin with the text first, then favourites, then by name.</summary>
    Task<AppsFound> FindAppsAsync(AppQuery query, CancellationToken cancel);

    /// <summary>An app's builds.</summary>
    Task<Page<BuildView>> ListBuildsAsync(AppId app, PageRange range, CancellationToken cancel);

    /// <summary>The app in which a slug was made; null when it is not known.</summary>
    Task<AppId?> FindAppOfSlugAsync(Guid slug, CancellationToken cancel);
}

/// <summary>A part of a list, by keyset: rows whose <paramref name="Field"/> lies after one value and up to another.</summary>
/// <param name="Field">What the rows are ordered by, such as <c>id</c> or <c>name</c>.</param>
/// <param name="From">First value; null: from the beginning.</param>
/// <param name="FromIsExclusive">Leave out the row that has exactly that value.</param>
/// <param name="To">Last value, included; null: to the end.</param>
/// <param name="Max">At most this many rows, 1 to 1,000.</param>
[GenerateSerializer, Immutable, Alias("neeto.PageRange")]
public sealed record PageRange(
    [property: Id(0)] string Field,
    [property: Id(1)] string? From,
    [property: Id(2)] bool FromIsExclusive,
    [property: Id(3)] string? To,
    [property: Id(4)] int Max,
    [property: Id(5)] bool Descending
);

/// <summary>Rows, and whether more follow.</summary>
[GenerateSerializer, Immutable, Alias("neeto.Page`1")]
public sealed record Page<T>([property: Id(0)] ImmutableArray<T> Rows, [property: Id(1)] bool HasMore);
