using NeetoDeploy.Api.Http;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Accounts;

namespace NeetoDeploy.Api.Accounts;

/// <summary><c>/account</c> and <c>/users</c>.</summary>
internal static class AccountEndpoints
{
    public static void MapAccounts(this ApiRoutes api)
    {
        api.Get("/account", GetOwnAsync);
        api.Get("/users/{user}", GetAsync);
    }

    /// <summary>The account that a path names: the caller's own, or any for an administrator.</summary>
    public static async Task<AccountView> RequireAsync(ApiRequest request, string user)
    {
        var isOwn =
            user == "~"
            || user == request.Actor.Id.ToString()
            || string.Equals(user, request.Actor.Email, StringComparison.OrdinalIgnoreCase);
        var account =
            isOwn ? await request.Account.GetAsync()
            : request.Actor.IsAdmin ? await request.Grains.Account(user).GetAsync()
            : null;
        return account ?? throw ApiRefusal.NotFound("user");
    }

    private static async Task<IResult> GetOwnAsync(ApiRequest request) => Answer.Ok((await RequireAsync(request, "~")).ToResource());

    private static async Task<IResult> GetAsync(ApiRequest request) =>
        Answer.Ok((await RequireAsync(request, request.Segment("user"))).ToResource());
}
