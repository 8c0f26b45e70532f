using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using NeetoDeploy.Api.Tests.Host;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Logs;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Access;

namespace NeetoDeploy.Api.Tests.Logs;

public sealed class LogStreamTests(ApiFixture api)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_session_without_tail_ends_after_its_backlog()
    {
        var (app, me) = await NewAppAsync();
        await AppendAsync(app, "one", "two", "three");
        using var http = new HttpClient();
        var text = await http.GetStringAsync(
            await OpenAsync(me, app, """{"lines":2,"tail":false,"source":"app","dyno":"web"}"""),
            TestContext.Current.CancellationToken
        );
        Assert.Collection(
            text.Split('\n', StringSplitOptions.RemoveEmptyEntries),
            line => Assert.EndsWith("+00:00 app[web.1]: two", line, StringComparison.Ordinal),
            line => Assert.EndsWith("+00:00 app[web.1]: three", line, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_tail_goes_on_and_is_taken_up_again_where_it_broke()
    {
        var (app, me) = await NewAppAsync();
        await AppendAsync(app, "one");
        var url = await OpenAsync(me, app, """{"lines":1,"tail":true,"dyno":"web.1"}""");
        string last;
        using (var reader = await EventsAsync(url, null))
        {
            Assert.EndsWith("one", (await NextAsync(reader)).Data, StringComparison.Ordinal);
            await AppendAsync(app, "two");
            (last, var data) = await NextAsync(reader);
            Assert.EndsWith("two", data, StringComparison.Ordinal);
        }
        await AppendAsync(app, "three", "four");
        using var again = await EventsAsync(url, last);
        Assert.EndsWith("three", (await NextAsync(again)).Data, StringComparison.Ordinal);
        Assert.EndsWith("four", (await NextAsync(again)).Data, StringComparison.Ordinal);
        await AppendAsync(app, "five");
        Assert.EndsWith("five", (await NextAsync(again)).Data, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_readers_of_one_app_all_see_every_line_once()
    {
        var (app, me) = await NewAppAsync();
        var url = await OpenAsync(me, app, """{"lines":0,"tail":true,"dyno":"web.1"}""");
        var readers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => EventsAsync(url, null)));
        for (var i = 0; i < 50; i++)
            await AppendAsync(app, $"line {i}");
        foreach (var reader in readers)
        {
            for (var i = 0; i < 50; i++)
                Assert.EndsWith($": line {i}", (await NextAsync(reader)).Data, StringComparison.Ordinal);
            reader.Dispose();
        }
    }

    [Fact]
    public async Task A_line_break_in_a_line_makes_no_second_event()
    {
        var (app, me) = await NewAppAsync();
        await AppendAsync(app, "first\r\ndata: forged");
        using var http = new HttpClient();
        var text = await http.GetStringAsync(
            await OpenAsync(me, app, """{"lines":5,"tail":false,"source":"app","dyno":"web.1"}"""),
            TestContext.Current.CancellationToken
        );
        Assert.DoesNotContain("\ndata: forged", text, StringComparison.Ordinal);
    }

    private async Task<(AppId App, ApiClient Me)> NewAppAsync()
    {
        var me = await api.NewAccountAsync();
        var name = await me.CreateAppAsync();
        return (AppId.Parse((string)(await me.GetAsync($"/apps/{name}")).Json["id"]!), me);
    }

    private static async Task<Uri> OpenAsync(ApiClient me, AppId app, string wish)
    {
        var session = await me.PostAsync($"/apps/{app}/log-sessions", wish);
        return new Uri((string)session.Json["logplex_url"]!);
    }

    private async Task AppendAsync(AppId app, params string[] lines)
    {
        CallContext.Act(Actor.Platform);
        await api
            .Services.GetRequiredService<IGrainFactory>()
            .Logs(app)
            .AppendAsync([.. lines.Select(line => new LogEntry(TimeProvider.System.GetUtcNow(), LogEntry.App, "web.1", line))]);
    }

    private static async Task<StreamReader> EventsAsync(Uri url, string? lastId)
    {
        var http = new HttpClient { Timeout = Patience };
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.TryAddWithoutValidation("Accept", "text/event-stream");
        if (lastId is not null)
            request.Headers.TryAddWithoutValidation("Last-Event-ID", lastId);
        var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        return new StreamReader(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
    }

    private static async Task<(string Id, string Data)> NextAsync(StreamReader reader)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(Patience);
        var id = "";
        while (await reader.ReadLineAsync(deadline.Token) is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal))
                id = line[4..];
            if (line.StartsWith("data: ", StringComparison.Ordinal))
                return (id, line[6..]);
        }
        throw new EndOfStreamException("The log stream ended before the next event.");
    }
}
