using NeetoDeploy.Api.Contracts.Accounts;
using NeetoDeploy.Api.Http;
using NeetoDeploy.Api.Ranges;
using NeetoDeploy.Grains.Interfaces.Accounts;

namespace NeetoDeploy.Api.Accounts;

/// <summary><c>/oauth/authorizations</c>: the caller's tokens.</summary>
internal static class AuthorizationEndpoints
{
    private static readonly ListShape<TokenView> Shape = new(new ListField<TokenView>("id", token => token.Id.ToString()));

    public static void MapAuthorizations(this ApiRoutes api)
    {
        api.Get("/oauth/authorizations", ListAsync);
        api.Post("/oauth/authorizations", CreateAsync);
        api.Get("/oauth/authorizations/~", _ => throw ApiRefusal.NotFound("authorization"));
        api.Get("/oauth/authorizations/{authorization}", GetAsync);
        api.Patch("/oauth/authorizations/{authorization}", UpdateAsync);
        api.Delete("/oauth/authorizations/{authorization}", RevokeAsync);
        api.Post("/oauth/authorizations/{authorization}/actions/regenerate-tokens", RegenerateAsync);
        api.Delete("/oauth/sessions/~", _ => throw ApiRefusal.NotFound("session"));
    }

    private static async Task<IResult> ListAsync(ApiRequest request) =>
        Shape.Answer(request, await request.Account.ListTokensAsync(), token => token.ToResource(request));

    private static async Task<IResult> CreateAsync(ApiRequest request)
    {
        var body = await request.ReadAsync<CreateAuthorizationRequest>();
        if (body.ExpiresIn <= 0)
            throw ApiRefusal.Invalid("expires_in must be a number of seconds above 0.");
        TimeSpan? lifetime = body.ExpiresIn is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
        var created = await request.Account.CreateTokenAsync(body.Description ?? "", lifetime);
        return Answer.Created(created, token => token.ToResource(request));
    }

    private static async Task<IResult> GetAsync(ApiRequest request)
    {
        var id = request.Segment("authorization");
        var token = (await request.Account.ListTokensAsync()).FirstOrDefault(token => token.Id.ToString() == id);
        return Answer.Ok((token ?? throw ApiRefusal.NotFound("authorization")).ToResource(request));
    }

    private static async Task<IResult> UpdateAsync(ApiRequest request)
    {
        var body = await request.ReadAsync<UpdateAuthorizationRequest>();
        if (body.Client is not null)
            throw ApiRefusal.Invalid("This installation has no OAuth clients; leave out client.");
        return body.Description is { } description
            ? Answer.Ok(await request.Account.DescribeTokenAsync(IdOf(request), description), token => token.ToResource(request))
            : await GetAsync(request);
    }

    private static async Task<IResult> RegenerateAsync(ApiRequest request) =>
        Answer.Ok(await request.Account.RotateTokenAsync(IdOf(request)), token => token.ToResource(request));

    private static async Task<IResult> RevokeAsync(ApiRequest request) =>
        Answer.Ok(await request.Account.RevokeTokenAsync(IdOf(request)), token => token.ToResource(request));

    private static Guid IdOf(ApiRequest request) =>
        Guid.TryParse(request.Segment("authorization"), out var id) ? id : throw ApiRefusal.NotFound("authorization");
}
