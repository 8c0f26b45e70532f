using Microsoft.AspNetCore.Components;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Dashboard.Access;
using NeetoDeploy.Grains.Interfaces.Access;

namespace NeetoDeploy.Dashboard.Accounts;

/// <summary>The first sign-in of an installation, by the link that <c>./neeto up</c> prints.</summary>
public sealed partial class SetupPage(IGrainFactory grains, NavigationManager navigation)
{
    /// <summary>What the form sends.</summary>
    public sealed record SetupForm
    {
        public string Email { get; init; } = "";
        public string Password { get; init; } = "";
    }

    private bool isOpen;
    private string? mistake;

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromForm]
    private SetupForm? Form { get; set; }

    [SupplyParameterFromQuery]
    private string? Token { get; set; }

    protected override async Task OnInitializedAsync()
    {
        CallContext.Act(Actor.Platform);
        isOpen = await grains.Setup().IsOpenToAsync(Token ?? "");
    }

    private async Task SubmitAsync()
    {
        if (!isOpen)
            return;
        CallContext.Act(Actor.Platform);
        CallContext.ComeFrom(new CallOrigin(Http.Connection.RemoteIpAddress?.ToString(), "dashboard"));
        var email = Form!.Email.Trim().ToLowerInvariant();
        if ((await grains.Setup().CompleteAsync(Token ?? "", email, Form.Password)).Error is { } error)
        {
            mistake = error.Message;
            return;
        }
        var session = await grains.Account(email).SignInAsync(Form.Password, Device.Of(Http.Request.Headers.UserAgent.ToString()));
        await SessionCookies.BeginAsync(Http, session.Value.Session!);
        navigation.NavigateTo($"{DashboardOptions.Path}/");
    }
}
