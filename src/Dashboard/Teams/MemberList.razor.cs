using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using NeetoDeploy.Core.Access;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Core.Teams;
using NeetoDeploy.Dashboard.Access;
using NeetoDeploy.Grains.Interfaces.Teams;

namespace NeetoDeploy.Dashboard.Teams;

/// <summary>Who is in a team, with their roles.</summary>
public sealed partial class MemberList(Viewer viewer, NavigationManager navigation)
{
    private ImmutableArray<TeamMemberView> members = [];
    private Actor? actor;
    private string? mistake;

    [Parameter, EditorRequired]
    public TeamView Team { get; set; } = null!;

    /// <summary>What whoever looks is to the team.</summary>
    [Parameter, EditorRequired]
    public TeamRole Own { get; set; }

    protected override async Task OnInitializedAsync()
    {
        actor = await viewer.RequireAsync();
        await LoadAsync();
    }

    private async Task LoadAsync() => members = await viewer.AskAsync(grains => grains.Team(Team.Name).ListMembersAsync());

    /// <summary>Why the person cannot change a member; null when they can.</summary>
    private string? WhyNot(TeamMemberView member) =>
        actor is not null && AccessPolicy.MayAssign(actor, Own, member.Role, TeamRole.Viewer) ? null
        : member.Role == TeamRole.Owner ? "Only owners change owners."
        : "Only administrators and owners of the team change roles.";

    private IEnumerable<TeamRole> Assignable(TeamMemberView member) =>
        Roles.All.Where(role => role == member.Role || AccessPolicy.MayAssign(actor!, Own, member.Role, role));

    private async Task SetRoleAsync(TeamMemberView member, string? wanted)
    {
        var role = Enum.Parse<TeamRole>(wanted!);
        var changed = await viewer.AskAsync(grains => grains.Team(Team.Name).SetRoleAsync(member.Account.Email, role));
        mistake = changed.Error?.Message;
        await LoadAsync();
    }

    private async Task RemoveAsync(TeamMemberView member)
    {
        var removed = await viewer.AskAsync(grains => grains.Team(Team.Name).RemoveMemberAsync(member.Account.Email));
        mistake = removed.Error?.Message;
        if (removed.IsOk && member.Account.Id == actor?.Id)
            navigation.NavigateTo("teams");
        else
            await LoadAsync();
    }
}
