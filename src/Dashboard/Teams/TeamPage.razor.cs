using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using NeetoDeploy.Core.Access;
using NeetoDeploy.Core.Teams;
using NeetoDeploy.Dashboard.Access;
using NeetoDeploy.Grains.Interfaces.Apps;
using NeetoDeploy.Grains.Interfaces.Teams;

namespace NeetoDeploy.Dashboard.Teams;

/// <summary>Who is in a team, who is invited, and what it owns.</summary>
public sealed partial class TeamPage(Viewer viewer, NavigationManager navigation)
{
    private TeamView? team;
    private TeamRole role;
    private bool mayManage;
    private bool isMissing;
    private string? mistake;
    private ImmutableArray<AppView> apps = [];

    [Parameter]
    public string Name { get; set; } = "";

    protected override async Task OnParametersSetAsync()
    {
        if (team?.Name.ToString() == Name)
            return;
        team = TeamName.TryParse(Name, null, out var name) ? await viewer.TryAskAsync(grains => grains.Team(name).GetAsync()) : null;
        isMissing = team is null;
        if (team is null)
            return;
        role = await viewer.AskAsync(grains => grains.Team(name).GetOwnRoleAsync());
        mayManage = AccessPolicy.Allows(await viewer.RequireAsync(), role, TeamAction.ManageMembers);
        var ids = await viewer.AskAsync(grains => grains.Team(name).ListAppsAsync());
        var found = await Task.WhenAll(ids.Select(id => viewer.TryAskAsync(grains => grains.App(id).GetAsync())));
        apps =
        [
            .. found.OfType<AppView>().Where(app => app.Team?.Id == team.Id).OrderBy(app => app.Name.ToString(), StringComparer.Ordinal),
        ];
    }

    private async Task DestroyAsync()
    {
        var destroyed = await viewer.AskAsync(grains => grains.Team(team!.Name).DestroyAsync());
        mistake = destroyed.Error?.Message;
        if (destroyed.IsOk)
            navigation.NavigateTo("teams");
    }
}
