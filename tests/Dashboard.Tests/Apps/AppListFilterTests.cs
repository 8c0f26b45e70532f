using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Teams;
using NeetoDeploy.Dashboard.Apps;
using NeetoDeploy.Dashboard.Teams;
using NeetoDeploy.Grains.Interfaces.Apps;

namespace NeetoDeploy.Dashboard.Tests.Apps;

public sealed class AppListFilterTests
{
    private static readonly Actor Me = new(new AccountId(Guid.NewGuid()), "me@example.com", IsAdmin: false);

    [Fact]
    public void An_address_says_what_is_shown_and_what_it_does_not_know_it_leaves_out()
    {
        var filter = AppListFilter.Parse("  SHOP ", "crashed,up,crashed,nonsense,unknown", "me", favourites: true);

        Assert.Equal(("shop", AppOwnership.Mine, true), (filter.Text, filter.Ownership, filter.OnlyFavourites));
        Assert.Equal([AppStatus.Crashed, AppStatus.Up], filter.Statuses);
        Assert.True(AppListFilter.Parse(null, null, "somebody", favourites: false).IsEmpty);
    }

    [Fact]
    public void A_state_is_chosen_and_chosen_no_more()
    {
        var crashed = AppListFilter.Parse(null, "crashed", null, favourites: false);

        Assert.Equal([AppStatus.Crashed, AppStatus.Idle], crashed.Toggled(AppStatus.Idle).Statuses);
        Assert.Empty(crashed.Toggled(AppStatus.Crashed).Statuses);
        Assert.Equal(AppOwnership.Shared, crashed.Toggled(AppOwnership.Mine).Toggled(AppOwnership.Shared).Ownership);
        Assert.Equal(AppOwnership.Any, crashed.Toggled(AppOwnership.Mine).Toggled(AppOwnership.Mine).Ownership);
    }

    [Fact]
    public void A_team_is_chosen_by_its_name_and_one_that_is_not_ones_own_has_no_apps()
    {
        var acme = new OwnTeam(new TeamId(Guid.NewGuid()), TeamName.Parse("acme"), TeamRole.Member);
        var filter = AppListFilter.All.Toggled(acme.Name);

        Assert.Equal("?team=acme", filter.Address);
        Assert.Equal(filter, AppListFilter.Parse(null, null, null, favourites: false, "acme") with { Statuses = filter.Statuses });
        Assert.Equal(acme.Id, filter.Query([acme], [], 0, 1).Team);
        Assert.Equal(default(TeamId), filter.Query([], [], 0, 1).Team);
        Assert.Null(filter.Toggled(acme.Name).Query([acme], [], 0, 1).Team);
    }

    [Theory]
    [InlineData("", null, null, false, "")]
    [InlineData("a&b=c #", "crashed,new", "others", true, "?text=a%26b%3Dc%20%23&favourites=true&state=crashed,new&owner=others")]
    [InlineData("", null, "me", false, "?owner=me")]
    public void What_is_chosen_is_in_the_address(string text, string? states, string? owner, bool favourites, string address) =>
        Assert.Equal(address, AppListFilter.Parse(text, states, owner, favourites).Address);

    [Fact]
    public void Everything_that_an_app_can_be_can_be_chosen() =>
        Assert.Equal(Enum.GetValues<AppStatus>().Except([AppStatus.Unknown]).Order(), AppListFilter.Choices.Order());

    [Theory]
    [InlineData("", "", false, false, true)]
    [InlineData("", "up", false, false, true)]
    [InlineData("", "crashed", false, false, false)]
    [InlineData("", "crashed", true, false, true)]
    [InlineData("", "crashed", false, true, true)]
    [InlineData("sho", "up", false, false, true)]
    [InlineData("store", "", false, false, false)]
    [InlineData("store", "", false, true, false)]
    [InlineData("store", "", true, false, true)]
    public void A_list_looks_again_only_when_news_concern_it(string text, string states, bool isShown, bool hasOthers, bool expected) =>
        Assert.Equal(expected, AppListFilter.Parse(text, states, null, favourites: false).Concerns(News(), Me, isShown, hasOthers));

    [Fact]
    public void Other_peoples_news_concern_administrators_only()
    {
        var stranger = Me with { Id = new AccountId(Guid.NewGuid()) };
        var filter = AppListFilter.Parse(null, null, null, favourites: false);

        Assert.False(filter.Concerns(News(), stranger, isShown: true, hasOthers: true));
        Assert.True(filter.Concerns(News(), stranger with { IsAdmin = true }, isShown: false, hasOthers: false));
    }

    [Fact]
    public void An_app_that_has_gone_concerns_who_shows_it()
    {
        var (filter, gone) = (AppListFilter.Parse(null, null, null, favourites: false), News() with { HasGone = true });

        Assert.True(filter.Concerns(gone, Me, isShown: true, hasOthers: false));
        Assert.False(filter.Concerns(gone, Me, isShown: false, hasOthers: false));
    }

    private static AppNews News() => new(new AppId(Guid.NewGuid()), AppName.Parse("shop"), AppStatus.Up, [Me.Id], HasGone: false);
}
