using Microsoft.Extensions.DependencyInjection;
using NeetoDeploy.Api.Streams;
using NeetoDeploy.Api.Tests.Host;
using NeetoDeploy.Core.Logs;

namespace NeetoDeploy.Api.Tests.Logs;

public sealed class LogSessionEndpointsTests(ApiFixture api)
{
    [Theory]
    [InlineData("{}", 100, false, null, null)]
    [InlineData("""{"lines":7,"tail":true}""", 7, true, null, null)]
    [InlineData("""{"lines":9999,"dyno":"web"}""", 1500, false, "web", null)]
    [InlineData("""{"lines":-5,"dyno_name":"web.1","source":"heroku"}""", 0, false, "web.1", "heroku")]
    [InlineData("""{"type":"worker","source":"app"}""", 100, false, "worker", "app")]
    public async Task A_session_permits_what_was_asked_for(string json, int lines, bool tail, string? process, string? source)
    {
        var me = await api.NewAccountAsync();
        var app = await me.CreateAppAsync();

        var session = await me.PostAsync($"/apps/{app}/log-sessions", json);

        Assert.Equal(201, session.Status);
        var parts = ((string)session.Json["logplex_url"]!).Split('/');
        Assert.True(api.Services.GetRequiredService<StreamUrls>().TryReadLogTicket(parts[^2], parts[^1], out var ticket));
        Assert.Equal((await me.GetAsync($"/apps/{app}")).Json["id"]!.ToString(), ticket.App.ToString());
        Assert.Equal((lines, tail, new LogFilter(process, source)), (ticket.Lines, ticket.Tail, ticket.Filter));
    }
}
