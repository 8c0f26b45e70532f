using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using NeetoDeploy.Core.Teams;
using NeetoDeploy.Dashboard.Access;

namespace NeetoDeploy.Dashboard.Teams;

/// <summary>The teams of whoever looks, and a new one.</summary>
public sealed partial class TeamsPage(Viewer viewer, OwnTeams own, NavigationManager navigation)
{
    private ImmutableArray<OwnTeam>? teams;
    private string name = "";
    private string? mistake;

    protected override async Task OnInitializedAsync() => teams = await own.ListAsync();

    private async Task CreateAsync()
    {
        if (!TeamName.TryParse(name.Trim(), null, out var wanted))
        {
            mistake =
                "A team's name has 2 to 30 lower-case letters, digits and hyphens, begins with a letter and does not end in a hyphen.";
            return;
        }
        var created = await viewer.AskAsync(grains => grains.Team(wanted).CreateAsync());
        mistake = created.Error?.Message;
        if (created.IsOk)
            navigation.NavigateTo($"teams/{wanted}");
    }
}
