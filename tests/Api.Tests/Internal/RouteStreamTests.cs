using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NeetoDeploy.Api.Internal;
using NeetoDeploy.Api.Tests.Host;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Routing;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Access;

namespace NeetoDeploy.Api.Tests.Internal;

public sealed class RouteStreamTests(ApiFixture api)
{
    [Fact]
    public async Task A_router_gets_the_table_first_and_then_each_change()
    {
        using var http = NewRouter();
        using var reader = new StreamReader(
            await http.GetStreamAsync(new Uri("/internal/routes", UriKind.Relative), TestContext.Current.CancellationToken)
        );
        var first = await NextAsync(reader);
        Assert.NotNull(first.Table);

        var route = new AppRoute(new AppId(Guid.NewGuid()), AppName.Parse("shop"), RouteState.Maintenance, ["shop.apps.localhost"], []);
        CallContext.Act(Actor.Platform);
        var grains = api.Services.GetRequiredService<IGrainFactory>();
        var version = await grains.RouteTable().PublishAsync(route);
        var change = await NextAsync(reader, message => message.Changed?.App == route.App);
        Assert.Equal(version, change.Version);
        Assert.Equal(RouteState.Maintenance, change.Changed!.State);
        await grains.RouteTable().RemoveAsync(route.App);
        await NextAsync(reader, message => message.Removed == route.App);
    }

    [Fact]
    public async Task A_change_that_overtook_another_brings_the_whole_table()
    {
        CallContext.Act(Actor.Platform);
        await using var follower = new RouteFollower(api.Services.GetRequiredService<IGrainFactory>(), TimeProvider.System);
        await using var messages = follower.FollowAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator();
        Assert.True(await messages.MoveNextAsync());
        var version = messages.Current.Version;

        await follower.ChangedAsync(new RouteMessage(version + 1_000_000, null, null, new AppId(Guid.NewGuid())));

        do Assert.True(await messages.MoveNextAsync());
        while (messages.Current.Table is null);
        Assert.InRange(messages.Current.Version, version, version + 999_999);
    }

    [Fact]
    public async Task Lines_that_routers_post_are_in_the_log_when_the_answer_comes()
    {
        var me = await api.NewAccountAsync();
        var name = await me.CreateAppAsync();
        var app = (string)(await me.GetAsync($"/apps/{name}")).Json["id"]!;
        using var http = NewRouter();
        var body =
            $$$"""[{"app":"{{{app}}}","entry":{"time":"2026-01-01T00:00:00Z","source":"heroku","process":"router","text":"at=info status=200"}}]""";
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync(
            new Uri("/internal/logs", UriKind.Relative),
            content,
            TestContext.Current.CancellationToken
        );
        Assert.Equal(204, (int)answer.StatusCode);
        var session = await me.PostAsync($"/apps/{name}/log-sessions", """{"lines":10}""");
        using var plain = new HttpClient();
        Assert.Contains(
            "heroku[router]: at=info status=200",
            await plain.GetStringAsync(new Uri((string)session.Json["logplex_url"]!), TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
    }

    private HttpClient NewRouter() =>
        new()
        {
            BaseAddress = new Uri(api.PublicUrl),
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", ApiFixture.RouterToken) },
        };

    private static async Task<RouteMessage> NextAsync(StreamReader reader, Func<RouteMessage, bool>? wanted = null)
    {
        while (await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            var message = JsonSerializer.Deserialize(line, RoutingJson.Default.RouteMessage)!;
            if (wanted?.Invoke(message) ?? true)
                return message;
        }
        throw new EndOfStreamException("The route stream ended.");
    }
}
