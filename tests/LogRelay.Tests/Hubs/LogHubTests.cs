using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.SignalR;
using NeetoDeploy.Grains.Tests.Cluster;
using NeetoDeploy.LogRelay.Hubs;
using NeetoDeploy.LogRelay.Tests.Host;

namespace NeetoDeploy.LogRelay.Tests.Hubs;

public sealed class LogHubTests(RelayFixture relay)
{
    private static readonly HubLogFilter Dynos = new("web", "app");

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_reader_sees_the_newest_lines_and_then_what_comes_in_both_protocols(bool asMessagePack)
    {
        var owner = RelayFixture.NewActor();
        var app = await relay.NewAppAsync(owner);
        await relay.AppendAsync(app.Id, "one", "two");
        await using var reader = await HubReader.ConnectAsync(relay, owner, asMessagePack);
        await using var batches = reader.Follow(app.Name.ToString(), filter: Dynos);

        var backlog = await HubReader.LinesAsync(batches, 2);
        await relay.AppendAsync(app.Id, "three");
        var live = await HubReader.LinesAsync(batches, 1);

        Assert.Equal(["one", "two", "three"], [.. backlog.Concat(live).Select(line => line.Text)]);
        var stored = relay.Stored.Lines(app.Id)[^1];
        var microseconds = (stored.Entry.Time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        Assert.Equivalent(new HubLogLine(stored.Seq, microseconds, "app", "web.1", "three"), live[0], strict: true);
    }

    [Fact]
    public async Task One_connection_follows_many_apps()
    {
        var owner = RelayFixture.NewActor();
        var (first, second) = (await relay.NewAppAsync(owner), await relay.NewAppAsync(owner));
        await using var reader = await HubReader.ConnectAsync(relay, owner);
        await using var ofFirst = reader.Follow(first.Id.ToString(), filter: Dynos);
        await using var ofSecond = reader.Follow(second.Id.ToString(), filter: Dynos);

        await relay.AppendAsync(first.Id, "of the first");
        await relay.AppendAsync(second.Id, "of the second");

        Assert.Equal("of the first", (await HubReader.LinesAsync(ofFirst, 1))[0].Text);
        Assert.Equal("of the second", (await HubReader.LinesAsync(ofSecond, 1))[0].Text);
    }

    [Fact]
    public async Task A_reader_that_comes_back_goes_on_after_the_line_it_had()
    {
        var owner = RelayFixture.NewActor();
        var app = await relay.NewAppAsync(owner);
        await using var reader = await HubReader.ConnectAsync(relay, owner);
        long had;
        await using (var batches = reader.Follow(app.Id.ToString(), filter: Dynos))
        {
            await relay.AppendAsync(app.Id, "1", "2");
            had = (await HubReader.LinesAsync(batches, 2))[^1].Seq;
        }
        await relay.AppendAsync(app.Id, "3", "4");

        await using var again = reader.Follow(app.Id.ToString(), had);
        await relay.AppendAsync(app.Id, "5");

        Assert.Equal([had + 1, had + 2, had + 3], (await HubReader.LinesAsync(again, 3)).Select(line => line.Seq));
    }

    [Fact]
    public async Task Lines_that_are_no_longer_kept_are_told_as_a_gap()
    {
        var owner = RelayFixture.NewActor();
        var app = await relay.NewAppAsync(owner);
        await relay.AppendAsync(app.Id, Enumerable.Range(0, 1_600).Select(i => i.ToString(CultureInfo.InvariantCulture)));
        await using var reader = await HubReader.ConnectAsync(relay, owner);
        await using var batches = reader.Follow(app.Id.ToString(), afterSeq: 5);

        var batch = await HubReader.NextAsync(batches);

        var oldest = relay.Stored.Lines(app.Id)[0].Seq;
        Assert.Equal(new HubLogGap(6, oldest - 1), batch.Gap);
        Assert.Equal(oldest, batch.Lines[0].Seq);
    }

    [Fact]
    public async Task A_stranger_gets_what_a_missing_app_gets()
    {
        var app = await relay.NewAppAsync(RelayFixture.NewActor());
        await using var stranger = await HubReader.ConnectAsync(relay, RelayFixture.NewActor());
        var refusals = new List<string>();

        foreach (
            var reference in (string[])[app.Name.ToString(), app.Id.ToString(), Guid.NewGuid().ToString(), "no-such-app", "", "No App"]
        )
        {
            await using var batches = stranger.Follow(reference);
            refusals.Add((await Assert.ThrowsAsync<HubException>(() => HubReader.NextAsync(batches))).Message);
        }

        Assert.EndsWith(
            "HubException: app.not_found: There is no such app. 'neeto apps' lists yours.",
            Assert.Single(refusals.Distinct()),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task One_connection_has_room_for_a_hundred_logs_and_gives_it_back()
    {
        var owner = RelayFixture.NewActor();
        var app = await relay.NewAppAsync(owner);
        await relay.AppendAsync(app.Id, "line");
        await using var reader = await HubReader.ConnectAsync(relay, owner);
        using var end = new CancellationTokenSource();
        for (var i = 0; i < 100; i++)
            await HubReader.LinesAsync(reader.Follow(app.Id.ToString(), filter: Dynos, cancel: end.Token), 1);

        await using var tooMany = reader.Follow(app.Id.ToString());
        var refusal = await Assert.ThrowsAsync<HubException>(() => HubReader.NextAsync(tooMany));

        Assert.Contains("log.too_many_streams: ", refusal.Message, StringComparison.Ordinal);
        await end.CancelAsync();
        await Eventually.HoldsAsync("there is room again", () => HasRoomAsync(reader, app.Id.ToString()));
    }

    private static async Task<bool> HasRoomAsync(HubReader reader, string app)
    {
        try
        {
            await using var batches = reader.Follow(app, filter: Dynos);
            return (await HubReader.LinesAsync(batches, 1)).Count == 1;
        }
        catch (HubException)
        {
            return false;
        }
    }

    [Fact]
    public async Task Whoever_is_not_known_gets_no_connection()
    {
        using var http = new HttpClient();
        using var answer = await http.PostAsync($"{relay.Url}/hubs/logs/negotiate", null, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }
}
