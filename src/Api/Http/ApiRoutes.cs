namespace NeetoDeploy.Api.Http;

/// <summary>Adds routes that share the API's manners: request ids, versions, tokens, apps by id or name, errors as JSON.</summary>
public sealed class ApiRoutes(IEndpointRouteBuilder routes)
{
    public void Get(string pattern, ApiHandler handler, ApiAccess access = ApiAccess.Token) =>
        Map(HttpMethods.Get, pattern, handler, access);

    public void Post(string pattern, ApiHandler handler, ApiAccess access = ApiAccess.Token) =>
        Map(HttpMethods.Post, pattern, handler, access);

    public void Put(string pattern, ApiHandler handler, ApiAccess access = ApiAccess.Token) =>
        Map(HttpMethods.Put, pattern, handler, access);

    public void Patch(string pattern, ApiHandler handler, ApiAccess access = ApiAccess.Token) =>
        Map(HttpMethods.Patch, pattern, handler, access);

    public void Delete(string pattern, ApiHandler handler, ApiAccess access = ApiAccess.Token) =>
        Map(HttpMethods.Delete, pattern, handler, access);

    /// <summary>What is asked for when no other route fits.</summary>
    public void Otherwise(ApiHandler handler) => routes.MapFallback("{**path}", Delegate(handler, ApiAccess.Open, isOfApp: false));

    private void Map(string method, string pattern, ApiHandler handler, ApiAccess access)
    {
        var isOfApp =
            pattern.StartsWith("/apps/{app}", StringComparison.Ordinal)
            || pattern.StartsWith("/teams/apps/{app}", StringComparison.Ordinal);
        routes.MapMethods(pattern, [method], Delegate(handler, access, isOfApp)).WithMetadata(new ApiRoute(access));
    }

    private static RequestDelegate Delegate(ApiHandler handler, ApiAccess access, bool isOfApp) =>
        new ApiPipeline(handler, access, isOfApp).InvokeAsync;
}
