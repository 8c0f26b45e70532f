using NeetoDeploy.Api.Contracts.Accounts;
using NeetoDeploy.Api.Http;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Interfaces.Accounts;

namespace NeetoDeploy.Api.Accounts;

/// <summary>
/// <c>heroku login</c> and <c>neeto login</c>: the CLI begins a login, a person consents in a browser, and the CLI gets a token of its own. The person consents in the
/// dashboard, signed in; where nobody can sign in yet, by showing a token here.
/// </summary>
internal static class LoginEndpoints
{
    private const int MaxDescription = 200;

    /// <summary>As long as the CLI waits.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>What the CLI asks for when it logs in without a browser.</summary>
    private static readonly TimeSpan TokenLifetime = TimeSpan.FromDays(30);

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(300);

    public static void MapLogins(this ApiRoutes api)
    {
        api.Post("/auth", BeginAsync, ApiAccess.Open);
        api.Get(LoginTickets.BrowserRoute, AskAsync, ApiAccess.Open);
        api.Post(LoginTickets.BrowserRoute, ConsentAsync, ApiAccess.Open);
        api.Get(LoginTickets.CliRoute, WaitAsync, ApiAccess.Open);
    }

    private static async Task<IResult> BeginAsync(ApiRequest request)
    {
        var description = (await request.ReadAsync<BeginLoginRequest>()).Description ?? "";
        if (description.Length > MaxDescription)
            throw ApiRefusal.Invalid($"The description may have {MaxDescription} characters.");
        var tickets = request.Service<LoginTickets>();
        var ticket = new LoginTicket(
            Guid.NewGuid(),
            description,
            AddressOf(request.Http),
            request.Service<TimeProvider>().GetUtcNow() + Patience
        );
        return Answer.Created(new LoginResource(tickets.BrowserPath(ticket), tickets.CliPath(ticket), tickets.SecretOf(ticket)));
    }

    private static async Task<IResult> AskAsync(ApiRequest request)
    {
        var ticket = RequireTicket(request);
        await AnnounceAsync(request, ticket);
        return await FindPageAsync(request) is { } page ? TypedResults.Redirect($"{page}/{ticket.Id:D}") : LoginPage.Ask(ticket, null);
    }

    private static async Task<IResult> ConsentAsync(ApiRequest request)
    {
        var ticket = RequireTicket(request);
        if (await FindPageAsync(request) is not null)
            return await AskAsync(request);
        var form = request.Http.Request.HasFormContentType ? await request.Http.Request.ReadFormAsync(request.Cancel) : null;
        var token = await request.Service<ApiCredentials>().AuthenticateAsync(form?["token"].ToString().Trim());
        if (token is null)
            return LoginPage.Ask(ticket, "This is no token of this installation.");
        await AnnounceAsync(request, ticket);
        CallContext.Act(token.Actor);
        var approved = await request.Grains.Login(ticket.Id).ApproveAsync();
        return approved.Error is { } over ? LoginPage.Ask(ticket, over.Message) : LoginPage.Thank(token.Actor.Email);
    }

    private static async Task<IResult> WaitAsync(ApiRequest request)
    {
        var ticket = RequireTicket(request);
        if (!request.Service<LoginTickets>().IsSecretOf(ticket, ApiCredentials.TokenOf(request.Http.Request)))
            throw ApiRefusal.Unauthorized("This login was begun by another program.");
        var time = request.Service<TimeProvider>();
        CallContext.Act(Actor.Platform);
        for (; ticket.ExpiresAt > time.GetUtcNow(); await Task.Delay(Tick, time, request.Cancel))
        {
            if (await request.Grains.Login(ticket.Id).TakeAsync() is not { } holder)
                continue;
            CallContext.Act(holder);
            var created = await request.Grains.Account(holder.Email).CreateTokenAsync(ticket.Description, TokenLifetime);
            return Answer.Ok(created, token => new LoginOutcomeResource(token.Secret, Error: null));
        }
        return Answer.Ok(new LoginOutcomeResource(AccessToken: null, "Nobody has consented in time. Log in again."));
    }

    private static Task AnnounceAsync(ApiRequest request, LoginTicket ticket)
    {
        CallContext.Act(Actor.Platform);
        return request.Grains.Login(ticket.Id).AnnounceAsync(new LoginView(ticket.Description, ticket.From, ticket.ExpiresAt));
    }

    /// <summary>The dashboard's page; null while nobody can sign in there, because the installation has not been set up.</summary>
    private static async Task<string?> FindPageAsync(ApiRequest request)
    {
        CallContext.Act(Actor.Platform);
        return request.Options.LoginPage is { } page && !await request.Grains.Setup().IsOpenAsync() ? page : null;
    }

    private static string AddressOf(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } address ? $"{(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address)}" : "";

    private static LoginTicket RequireTicket(ApiRequest request) =>
        request.Service<LoginTickets>().TryRead(request.Segment("ticket"), request.Segment("signature"), out var ticket)
        && ticket.ExpiresAt > request.Service<TimeProvider>().GetUtcNow()
            ? ticket
            : throw new ApiRefusal(StatusCodes.Status404NotFound, "not_found", "This login has expired. Log in again.", "login");
}
