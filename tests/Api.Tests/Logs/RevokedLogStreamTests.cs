using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NeetoDeploy.Api.Logs;
using NeetoDeploy.Api.Streams;
using NeetoDeploy.Api.Tests.Host;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Logs;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.LogRelay.Logs;

namespace NeetoDeploy.Api.Tests.Logs;

/// <summary>A log session that is open while its holder loses what let them open it.</summary>
public sealed class RevokedLogStreamTests(ApiFixture api)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider clock = new(TimeProvider.System.GetUtcNow());

    private IGrainFactory Grains => api.Services.GetRequiredService<IGrainFactory>();

    [Theory]
    [InlineData("the app is shared with them no longer")]
    [InlineData("their token is revoked")]
    [InlineData("their account is deactivated")]
    [InlineData("the app is destroyed")]
    public async Task A_session_ends_and_is_gone_within_fifteen_seconds_when(string what)
    {
        var (owner, friend) = (await api.NewAccountAsync(), await api.NewAccountAsync());
        var app = await owner.CreateAppAsync();
        Assert.Equal(201, (await owner.PostAsync($"/apps/{app}/collaborators", $$"""{"user":"{{friend.Email}}"}""")).Status);
        var id = AppId.Parse((string)(await owner.GetAsync($"/apps/{app}")).Json["id"]!);
        await AppendAsync(id, "before");
        var session = await friend.PostAsync($"/apps/{app}/log-sessions", """{"lines":1,"tail":true,"dyno":"web"}""");
        var url = new Uri((string)session.Json["logplex_url"]!);
        var (stream, lines) = Open(url);
        Assert.EndsWith("before", await NextAsync(lines), StringComparison.Ordinal);

        await LoseAsync(what, owner, friend, app);
        clock.Advance(TimeSpan.FromSeconds(15));
        await AppendAsync(id, "after");

        await stream.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Null(await NextAsync(lines));
        using var http = new HttpClient();
        using var again = await http.GetAsync(url, TestContext.Current.CancellationToken);
        Assert.Equal(404, (int)again.StatusCode);
    }

    private async Task LoseAsync(string what, ApiClient owner, ApiClient friend, string app)
    {
        CallContext.Act(Actor.Platform);
        switch (what)
        {
            case "the app is shared with them no longer":
                Assert.Equal(200, (await owner.DeleteAsync($"/apps/{app}/collaborators/{friend.Email}")).Status);
                break;
            case "their token is revoked":
                var account = Grains.Account(friend.Email);
                foreach (var token in await account.ListTokensAsync())
                    Assert.True((await account.RevokeTokenAsync(token.Id)).IsOk);
                break;
            case "their account is deactivated":
                Assert.True((await Grains.Account(friend.Email).SetActiveAsync(false)).IsOk);
                break;
            default:
                Assert.Equal(200, (await owner.DeleteAsync($"/apps/{app}")).Status);
                break;
        }
    }

    /// <summary>The session's URL as the host serves it, but on a clock that the test moves.</summary>
    private (Task Stream, StreamReader Lines) Open(Uri url)
    {
        var body = new Pipe();
        var http = new DefaultHttpContext { Response = { Body = body.Writer.AsStream() } };
        var fanout = new LogFanout(Grains, clock);
        var urls = api.Services.GetRequiredService<StreamUrls>();
        return (ServeAsync(), new StreamReader(body.Reader.AsStream()));

        async Task ServeAsync()
        {
            await LogStreamEndpoint.StreamAsync(url.Segments[^2].TrimEnd('/'), url.Segments[^1], http, urls, fanout, Grains, clock);
            await body.Writer.CompleteAsync();
        }
    }

    private static Task<string?> NextAsync(StreamReader lines) =>
        lines.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience, TestContext.Current.CancellationToken);

    private async Task AppendAsync(AppId app, string line)
    {
        CallContext.Act(Actor.Platform);
        await Grains.Logs(app).AppendAsync([new LogEntry(TimeProvider.System.GetUtcNow(), LogEntry.App, "web.1", line)]);
    }
}
