using Microsoft.AspNetCore.Components;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Dashboard.Access;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Interfaces.Accounts;

namespace NeetoDeploy.Dashboard.Accounts;

/// <summary>E-mail address and password, then a code where the account has a second factor, for a session.</summary>
public sealed partial class SignInPage(IGrainFactory grains, NavigationManager navigation)
{
    private string? challenge;
    private string? mistake;

    /// <summary>What the form sends: a password, or in the second step a challenge with a code.</summary>
    public sealed record Credentials
    {
        public string Email { get; init; } = "";
        public string? Password { get; init; }
        public string? Challenge { get; init; }
        public string? Code { get; init; }
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
        var step = EmailAddress.Refuse(email) is { } refused ? refused : await StepAsync(grains.Account(email));
        if (step.Error is { } error)
        {
            mistake = error.Message;
            // A wrong code can be followed by another; whatever else is wrong, the password is asked for again.
            challenge = error.Code is ErrorCodes.AccountWrongCode or ErrorCodes.AccountTooManyAttempts ? Form.Challenge : null;
            return;
        }
        challenge = step.Value.Challenge;
        if (step.Value.Session is not { } session)
            return;
        await SessionCookies.BeginAsync(Http, session);
        navigation.NavigateTo(Destination.Within(ReturnUrl ?? Back));
    }

    private async Task<Result<SignInView>> StepAsync(IAccountGrain account) =>
        Form!.Challenge is { Length: > 0 } shown
            ? (await account.ConfirmSignInAsync(shown, Form.Code ?? "")).Map(session => new SignInView(session, Challenge: null))
            : await account.SignInAsync(Form.Password ?? "", Device.Of(Http.Request.Headers.UserAgent.ToString()));
}
