using Microsoft.AspNetCore.Components;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Dashboard.Access;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Interfaces.Accounts;

namespace NeetoDeploy.Dashboard.Accounts;

/// <summary>E-mail address and password, then a code where the account has a second factor, for a session.</summary>
public sealed partial class SignInPage(IGrainFactory grains, NavigationManager navigation, ILogger<SignInPage> log)
{
    private const string SecondsUntilStorage = "5";

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
        try
        {
            if (await SignInAsync() is not { } session)
                return;
            await SessionCookies.BeginAsync(Http, session);
        }
        catch (Exception e)
        {
            // Storage fails with whatever its driver throws.
            log.LogError(e, "Somebody could not sign in");
            Http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            Http.Response.Headers.RetryAfter = SecondsUntilStorage;
            challenge = Form!.Challenge;
            mistake =
                "Nobody can sign in right now: the control plane does not answer, or cannot store. That is no fault of yours and no wrong try. "
                + "Try again in a moment; to whoever runs this installation, './neeto doctor' says more.";
            return;
        }
        navigation.NavigateTo(Destination.Within(ReturnUrl ?? Back));
    }

    /// <summary>The session; null when there is none yet, and what the page shows says why.</summary>
    private async Task<TokenView?> SignInAsync()
    {
        CallContext.Act(Actor.Platform);
        CallContext.ComeFrom(new CallOrigin(Http.Connection.RemoteIpAddress?.ToString(), "dashboard"));
        var email = Form!.Email.Trim().ToLowerInvariant();
        var step = EmailAddress.Refuse(email) is { } refused ? refused : await StepAsync(grains.Account(email));
        if (step.Error is { } error)
        {
            mistake = error.Message;
            // A wrong code can be followed by another; whatever else is wrong, the password is asked for again.
            challenge = error.Code is ErrorCodes.AccountWrongCode or ErrorCodes.AccountTooManyAttempts ? Form.Challenge : null;
            return null;
        }
        challenge = step.Value.Challenge;
        return step.Value.Session;
    }

    private async Task<Result<SignInView>> StepAsync(IAccountGrain account) =>
        Form!.Challenge is { Length: > 0 } shown
            ? (await account.ConfirmSignInAsync(shown, Form.Code ?? "")).Map(session => new SignInView(session, Challenge: null))
            : await account.SignInAsync(Form.Password ?? "", Device.Of(Http.Request.Headers.UserAgent.ToString()));
}
