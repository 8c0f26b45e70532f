using Microsoft.AspNetCore.Components;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Dashboard.Access;
using NeetoDeploy.Grains.Interfaces.Access;

namespace NeetoDeploy.Dashboard.Accounts;

/// <summary>E-mail address and password, for a session.</summary>
public sealed partial class SignInPage(IGrainFactory grains, NavigationManager navigation)
{
    private string? mistake;

    /// <summary>What the form sends.</summary>
    public sealed record Credentials
    {
        public string Email { get; init; } = "";
        public string Password { get; init; } = "";
    }

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromForm]
    private Credentials? Form { get; set; }

    /// <summary>Where the person wanted to go: a path of the dashboard.</summary>
    [SupplyParameterFromQuery]
    private string? Back { get; set; }

    [SupplyParameterFromQuery]
    private string? ReturnUrl { get; set; }

    private async Task SubmitAsync()
    {
        CallContext.Act(Actor.Platform);
        var email = Form!.Email.Trim().ToLowerInvariant();
        var session = EmailAddress.Refuse(email) is { } refused
            ? refused
            : await grains.Account(email).SignInAsync(Form.Password, Device.Of(Http.Request.Headers.UserAgent.ToString()));
        if (session.Error is { } error)
        {
            mistake = error.Message;
            return;
        }
        await SessionCookies.BeginAsync(Http, session.Value);
        navigation.NavigateTo(Destination.Within(ReturnUrl ?? Back));
    }
}
