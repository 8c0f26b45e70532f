using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using NeetoDeploy.Core.Teams;
using NeetoDeploy.Dashboard.Access;
using NeetoDeploy.Grains.Interfaces.Teams;

namespace NeetoDeploy.Dashboard.Teams;

/// <summary>Who has been invited to a team. There is no mail: whoever invites passes the link on, which the page shows once.</summary>
public sealed partial class Invitations(Viewer viewer, NavigationManager navigation)
{
    private ImmutableArray<InvitationView> invitations = [];
    private InvitationView? made;
    private string email = "";
    private TeamRole role = TeamRole.Member;
    private string? mistake;

    [Parameter, EditorRequired]
    public TeamView Team { get; set; } = null!;

    /// <summary>What whoever looks is to the team.</summary>
    [Parameter, EditorRequired]
    public TeamRole Own { get; set; }

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync() => invitations = await viewer.AskAsync(grains => grains.Team(Team.Name).ListInvitationsAsync());

    private string LinkOf(InvitationView invitation) => $"{navigation.BaseUri}join/{Team.Name}/{invitation.Secret}";

    private async Task InviteAsync()
    {
        var invited = await viewer.AskAsync(grains => grains.Team(Team.Name).InviteAsync(email.Trim().ToLowerInvariant(), role));
        (made, mistake) = (invited.IsOk ? invited.Value : null, invited.Error?.Message);
        if (invited.IsOk)
            email = "";
        await LoadAsync();
    }

    private async Task RevokeAsync(InvitationView invitation)
    {
        // One that has been used or revoked meanwhile is as good.
        await viewer.AskAsync(grains => grains.Team(Team.Name).RevokeInvitationAsync(invitation.Id));
        made = made?.Id == invitation.Id ? null : made;
        await LoadAsync();
    }
}
