using System.Collections.Immutable;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Core.Teams;
using NeetoDeploy.Dashboard.Teams;
using NeetoDeploy.Grains.Interfaces.Apps;

namespace NeetoDeploy.Dashboard.Apps;

/// <summary>Which apps a list shows: what its address says.</summary>
/// <param name="Text">A part of the name, in lower case; empty: any.</param>
/// <param name="Statuses">Empty: any.</param>
public sealed record AppListFilter(string Text, ImmutableArray<AppStatus> Statuses, AppOwnership Ownership, bool OnlyFavourites)
{
    public static readonly AppListFilter All = new("", [], AppOwnership.Any, OnlyFavourites: false);

    /// <summary>What one can choose by, the worrying first.</summary>
    public static readonly ImmutableArray<AppStatus> Choices =
    [
        AppStatus.Crashed,
        AppStatus.Deploying,
        AppStatus.Starting,
        AppStatus.Up,
        AppStatus.Idle,
        AppStatus.Maintenance,
        AppStatus.Stopped,
        AppStatus.New,
    ];

    /// <summary>The team whose apps are shown; null: any.</summary>
    public TeamName? Team { get; init; }

    public bool IsEmpty => Text.Length == 0 && Statuses.IsEmpty && Ownership == AppOwnership.Any && !OnlyFavourites && Team is null;

    /// <summary>Reads an address; what it does not understand it leaves out.</summary>
    /// <param name="states">Words, with commas in between.</param>
    /// <param name="owner"><c>me</c> or <c>others</c>.</param>
    public static AppListFilter Parse(string? text, string? states, string? owner, bool favourites, string? team = null) =>
        new(
            (text ?? "").Trim().ToLowerInvariant(),
            [.. (states ?? "").Split(',').SelectMany(word => Choices.Where(choice => Word(choice) == word)).Distinct()],
            owner switch
            {
                "me" => AppOwnership.Mine,
                "others" => AppOwnership.Shared,
                _ => AppOwnership.Any,
            },
            favourites
        )
        {
            Team = TeamName.TryParse(team, null, out var named) ? named : null,
        };

    /// <summary>The address of the list, below that of the dashboard. <see cref="Parse"/> reads it.</summary>
    public string Address
    {
        get
        {
            string?[] parts =
            [
                Text.Length == 0 ? null : $"text={Uri.EscapeDataString(Text)}",
                OnlyFavourites ? "favourites=true" : null,
                Statuses.IsEmpty ? null : $"state={string.Join(',', Statuses.Select(Word))}",
                Ownership switch
                {
                    AppOwnership.Mine => "owner=me",
                    AppOwnership.Shared => "owner=others",
                    _ => null,
                },
                Team is { } team ? $"team={team}" : null,
            ];
            return IsEmpty ? "" : $"?{string.Join('&', parts.OfType<string>())}";
        }
    }

    /// <summary>After a state was chosen, or chosen no more.</summary>
    public AppListFilter Toggled(AppStatus status) =>
        this with
        {
            Statuses = Statuses.Contains(status) ? Statuses.Remove(status) : Statuses.Add(status),
        };

    /// <summary>After an ownership was chosen, or chosen no more.</summary>
    public AppListFilter Toggled(AppOwnership ownership) => this with { Ownership = Ownership == ownership ? AppOwnership.Any : ownership };

    /// <summary>After a team was chosen, or chosen no more.</summary>
    public AppListFilter Toggled(TeamName team) => this with { Team = Team == team ? null : team };

    /// <param name="teams">The teams of who looks; the apps of any other are none.</param>
    public AppQuery Query(IEnumerable<OwnTeam> teams, ImmutableArray<AppId> favourites, int skip, int max) =>
        new(Ownership, Text, Statuses, favourites, OnlyFavourites, skip, max)
        {
            Team = Team is { } name ? teams.FirstOrDefault(team => team.Name == name)?.Id ?? default(TeamId) : null,
        };

    /// <summary>Whether a list may look different after news.</summary>
    /// <param name="isShown">The app is among the rows in hand.</param>
    /// <param name="hasOthers">There are rows that are not in hand.</param>
    public bool Concerns(AppNews news, Actor who, bool isShown, bool hasOthers) =>
        (who.IsAdmin || news.Members.Contains(who.Id))
        && (
            isShown
            || (
                news.Name.ToString().Contains(Text, StringComparison.Ordinal)
                && (hasOthers || (!news.HasGone && (Statuses.IsEmpty || Statuses.Contains(news.Status))))
            )
        );

    private static string Word(AppStatus status) => status.ToString().ToLowerInvariant();
}
