using Bunit;
using Microsoft.AspNetCore.Components;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Core.Teams;
using NeetoDeploy.Dashboard.Apps;
using NeetoDeploy.Dashboard.Runs;
using NeetoDeploy.Dashboard.Tests.Host;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Interfaces.Apps;
using NeetoDeploy.Grains.Tests.Cluster;

namespace NeetoDeploy.Dashboard.Tests.Apps;

/// <summary>Whoever may only look at a team's app.</summary>
public sealed class ViewerTests(ClusterFixture cluster) : PageTests(cluster)
{
    [Fact]
    public async Task A_viewer_is_told_why_there_is_no_console()
    {
        var (app, viewer, _) = await NewTeamAppAsync();
        SignIn(viewer);

        var console = Render<ConsolePage>(parameters => parameters.Add(page => page.Name, app.Name.ToString()));
        await ShowsAsync(console, "see no config vars, and a console would show them");

        Assert.Empty(console.FindComponents<RunConsole>());
    }

    [Fact]
    public async Task A_viewer_changes_nothing_on_the_overview_and_is_told_why()
    {
        var (app, viewer, _) = await NewTeamAppAsync();
        SignIn(viewer);

        var overview = Render<OverviewPage>(parameters => parameters.Add(page => page.Name, app.Name.ToString()));
        await ShowsAsync(overview, "you see all of this, and change nothing");

        Assert.Contains("A viewer has no console", overview.Markup, StringComparison.Ordinal);
        Assert.All(overview.FindAll(".quick button"), button => Assert.NotNull(button.Closest("fieldset[disabled]")));
    }

    [Fact]
    public async Task A_member_who_becomes_a_viewer_loses_the_open_console()
    {
        var (app, member, team) = await NewTeamAppAsync(TeamRole.Member);
        SignIn(member);
        var console = Render<ConsolePage>(parameters => parameters.Add(page => page.Name, app.Name.ToString()));
        await ShowsAsync(console, "A one-off dyno with the app's current release");

        CallContext.Act(Actor.Platform);
        Assert.True((await Cluster.Grains.Team(team).SetRoleAsync(member.Email, TeamRole.Viewer)).IsOk);

        await ShowsAsync(console, "a console would show them");
        Assert.Empty(console.FindComponents<RunConsole>());
    }

    /// <summary>An app of a team, and somebody who is in it.</summary>
    private async Task<(AppView App, Actor InTeam, TeamName Team)> NewTeamAppAsync(TeamRole role = TeamRole.Viewer)
    {
        var (owner, other) = (await NewAccountAsync(), await NewAccountAsync());
        var team = TeamName.Parse($"t{Guid.NewGuid():N}"[..20]);
        CallContext.Act(owner);
        Assert.True((await Cluster.Grains.Team(team).CreateAsync()).IsOk);
        var invitation = (await Cluster.Grains.Team(team).InviteAsync(other.Email, role)).Value;
        var app = await NewAppAsync(owner);
        CallContext.Act(owner);
        Assert.True((await Cluster.Grains.App(app.Id).GiveToTeamAsync(team)).IsOk);
        CallContext.Act(other);
        Assert.True((await Cluster.Grains.Team(team).JoinAsync(invitation.Secret!)).IsOk);
        return (app, other, team);
    }
}
