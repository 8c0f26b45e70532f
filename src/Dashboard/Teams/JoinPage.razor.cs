using Microsoft.AspNetCore.Components;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Core.Teams;
using NeetoDeploy.Dashboard.Access;
using NeetoDeploy.Dashboard.Accounts;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Interfaces.Teams;

namespace NeetoDeploy.Dashboard.Teams;

/// <summary>Where an invitation's link leads: whoever is signed in joins, whoever has no account makes one.</summary>
public sealed partial class JoinPage(IGrainFactory grains, NavigationManager navigation)
{
    private InvitationView? invitation;
    private Actor? actor;
    private string? mistake;

    /// <summary>What the form sends.</summary>
    public sealed record NewPassword
    {
        public string Password { get; init; } = "";
    }

    [Parameter]
    public string Team { get; set; } = "";

    [Parameter]
    public string Secret { get; set; } = "";

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromForm]
    private NewPassword? Form { get; set; }

    private string SignIn => $"sign-in?back={Uri.EscapeDataString($"join/{Team}/{Secret}")}";

    private CallOrigin Origin => new(Http.Connection.RemoteIpAddress?.ToString(), "dashboard");

    private ITeamGrain Grain => grains.Team(TeamName.Parse(Team));

    protected override async Task OnInitializedAsync()
    {
        actor = SessionCookies.ActorOf(Http.User);
        CallContext.Act(Actor.Platform);
        invitation = TeamName.TryParse(Team, null, out _) ? await Grain.FindInvitationAsync(Secret) : null;
    }

    private async Task JoinAsync()
    {
        if (invitation is null || actor is null)
            return;
        CallContext.Act(actor);
        CallContext.ComeFrom(Origin);
        Lead(await Grain.JoinAsync(Secret));
    }

    private async Task EnrolAsync()
    {
        if (invitation is null)
            return;
        CallContext.Act(Actor.Platform);
        CallContext.ComeFrom(Origin);
        var joined = await Grain.EnrolAsync(Secret, Form!.Password);
        if (joined.IsOk)
        {
            var device = Device.Of(Http.Request.Headers.UserAgent.ToString());
            var signedIn = await grains.Account(invitation.Email).SignInAsync(Form.Password, device);
            await SessionCookies.BeginAsync(Http, signedIn.Value.Session!);
        }
        Lead(joined);
    }

    private void Lead(Result<TeamMemberView> joined)
    {
        mistake = joined.Error?.Message;
        if (joined.IsOk)
            navigation.NavigateTo($"{DashboardOptions.Path}/teams/{Team}");
    }
}
