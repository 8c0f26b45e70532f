using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using NeetoDeploy.Core.Access;
using NeetoDeploy.Core.Teams;
using NeetoDeploy.Dashboard.Access;
using NeetoDeploy.Dashboard.Teams;
using NeetoDeploy.Grains.Interfaces.Apps;

namespace NeetoDeploy.Dashboard.Collaborators;

/// <summary>Whose an app is. Its owner gives it to a team of theirs; one that administers a team takes an app out of it.</summary>
public sealed partial class Ownership(Viewer viewer, OwnTeams own, NavigationManager navigation)
{
    private ImmutableArray<string> heirs = [];
    private string heir = "";
    private string? mistake;

    [Parameter, EditorRequired]
    public AppView Shown { get; set; } = null!;

    /// <summary>What whoever looks is to the app.</summary>
    [CascadingParameter]
    private AppRole Role { get; set; }

    protected override async Task OnInitializedAsync()
    {
        var teams = (await own.ListForAppsAsync()).Where(team => team != Shown.Team?.Name).Select(team => team.ToString());
        var self = (await viewer.RequireAsync()).Email;
        heirs = [.. teams, .. Shown.Team is not null || Shown.Owner.Email != self ? [self] : (string[])[]];
        heir = heirs.FirstOrDefault() ?? "";
    }

    private async Task GiveAsync()
    {
        var given = await viewer.AskAsync(grains =>
            TeamName.TryParse(heir, null, out var team)
                ? grains.App(Shown.Id).GiveToTeamAsync(team)
                : grains.App(Shown.Id).GiveToAccountAsync(heir)
        );
        mistake = given.Error?.Message;
        if (given.IsOk)
            navigation.NavigateTo(navigation.Uri, forceLoad: true);
    }
}
