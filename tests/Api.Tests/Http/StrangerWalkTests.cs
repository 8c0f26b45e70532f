using Microsoft.AspNetCore.Routing;
using NeetoDeploy.Api.Http;
using NeetoDeploy.Api.Tests.Host;

namespace NeetoDeploy.Api.Tests.Http;

/// <summary>Walks every route there is, as those to whom it must stay closed. A route that is added is walked, too.</summary>
public sealed class StrangerWalkTests(ApiFixture api)
{
    [Fact]
    public async Task Every_route_of_an_app_is_404_to_another_account_and_changes_nothing()
    {
        var owner = await api.NewAccountAsync();
        var stranger = await api.NewAccountAsync();
        var app = await owner.CreateAppAsync();
        var before = (await owner.GetAsync($"/apps/{app}")).Text;
        var id = (string)(await owner.GetAsync($"/apps/{app}")).Json["id"]!;
        var walked = 0;

        foreach (
            var (method, pattern) in Routes(ApiAccess.Token)
                .Where(route =>
                    route.Pattern.StartsWith("/apps/{app}", StringComparison.Ordinal)
                    || route.Pattern.StartsWith("/teams/apps/{app}", StringComparison.Ordinal)
                )
        )
        {
            foreach (var reference in new[] { app, id, Guid.NewGuid().ToString(), "no-such-app" })
            {
                var answer = await stranger.SendAsync(method, Fill(pattern, reference), method is "GET" or "DELETE" ? null : "{}");
                Assert.True((answer.Status, answer.Id, (string?)answer.Json["resource"]) == (404, "not_found", "app"), $"{answer}");
                walked++;
            }
        }

        Assert.True(walked > 100, $"only {walked} requests were made");
        Assert.Equal(before, (await owner.GetAsync($"/apps/{app}")).Text);
    }

    [Fact]
    public async Task Every_route_is_401_without_a_token()
    {
        var app = await (await api.NewAccountAsync()).CreateAppAsync();

        foreach (var (method, pattern) in Routes(ApiAccess.Token))
        {
            foreach (var authorization in new[] { null, "Bearer wrong" })
            {
                var answer = await api.ClientThatSays(authorization)
                    .SendAsync(method, Fill(pattern, app), method is "GET" or "DELETE" ? null : "{}");
                Assert.True((answer.Status, answer.Id) == (401, "unauthorized"), $"{answer}");
            }
        }
    }

    [Fact]
    public void Only_these_routes_are_open_to_everybody() =>
        Assert.Equal(
            [
                ("GET", "/auth/browser/{ticket}/{signature}"),
                ("GET", "/auth/cli/{ticket}/{signature}"),
                ("GET", "/buildpacks/{buildpack}"),
                ("GET", "/schema"),
                ("POST", "/auth"),
                ("POST", "/auth/browser/{ticket}/{signature}"),
            ],
            Routes(ApiAccess.Public).Concat(Routes(ApiAccess.Open)).Order()
        );

    [Fact]
    public async Task A_token_that_was_revoked_opens_nothing_any_more()
    {
        var me = await api.NewAccountAsync();
        var app = await me.CreateAppAsync();
        foreach (var token in (await me.GetAsync("/oauth/authorizations")).Json.AsArray())
            await me.DeleteAsync($"/oauth/authorizations/{token!["id"]}");

        Assert.Equal(401, (await me.GetAsync($"/apps/{app}")).Status);
    }

    [Theory]
    [InlineData("GET", "/streams/outputs/x/x", 404)]
    [InlineData("GET", "/streams/outputs/7c9e6679-7425-40de-944b-e07fc1f90ae7/AAAA", 404)]
    [InlineData("GET", "/streams/logs/e30/AAAA", 404)]
    [InlineData("PUT", "/sources/x/x", 404)]
    [InlineData("GET", "/sources/7c9e6679-7425-40de-944b-e07fc1f90ae7/AAAA", 404)]
    [InlineData("GET", "/slugs/x/x/9999999999/x", 404)]
    [InlineData("GET", "/slugs/7c9e6679-7425-40de-944b-e07fc1f90ae7/7c9e6679-7425-40de-944b-e07fc1f90ae7/9999999999/AAAA", 404)]
    [InlineData("PUT", "/slugs/7c9e6679-7425-40de-944b-e07fc1f90ae7/7c9e6679-7425-40de-944b-e07fc1f90ae7/AAAA", 404)]
    [InlineData("GET", "/auth/browser/e30/AAAA", 404)]
    [InlineData("POST", "/auth/browser/e30/AAAA", 404)]
    [InlineData("GET", "/auth/cli/e30/AAAA", 404)]
    [InlineData("GET", "/internal/routes", 401)]
    [InlineData("POST", "/internal/routers/x/report", 401)]
    [InlineData("POST", "/internal/logs", 401)]
    [InlineData("POST", "/internal/metrics", 401)]
    [InlineData("POST", "/ingest", 401)]
    [InlineData("GET", "/hubs/logs", 401)]
    [InlineData("POST", "/hubs/logs/negotiate", 401)]
    [InlineData("POST", "/internal/pushes/x", 404)]
    [InlineData("GET", "/shop.git/info/refs", 401)]
    [InlineData("POST", "/shop.git/git-receive-pack", 401)]
    public async Task Doors_with_a_lock_of_their_own_stay_shut(string method, string path, int status)
    {
        using var client = new HttpClient { BaseAddress = new Uri(api.PublicUrl) };
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer wrong");
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(status, (int)answer.StatusCode);
    }

    /// <summary>Routes of the Platform API. Those with a lock of their own are tried above.</summary>
    private IEnumerable<(string Method, string Pattern)> Routes(ApiAccess access) =>
        from route in api.Routes
        where route.Metadata.GetMetadata<ApiRoute>()?.Access == access
        from method in route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []
        select (method, route.RoutePattern.RawText!);

    private static string Fill(string pattern, string app) =>
        string.Join(
            '/',
            pattern
                .Split('/')
                .Select(part =>
                    part == "{app}" ? app
                    : part.StartsWith('{') ? "x"
                    : part
                )
        );
}
