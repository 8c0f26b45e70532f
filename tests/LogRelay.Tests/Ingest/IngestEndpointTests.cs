using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Grains.Tests.Cluster;
using NeetoDeploy.LogRelay.Ingest;
using NeetoDeploy.LogRelay.Tests.Host;
using static NeetoDeploy.LogRelay.Tests.Ingest.Collector;

namespace NeetoDeploy.LogRelay.Tests.Ingest;

public sealed class IngestEndpointTests(RelayFixture relay) : IDisposable
{
    private readonly Collector collector = new(relay);

    [Theory]
    [InlineData("application/json", false)]
    [InlineData("application/json", true)]
    [InlineData("application/x-ndjson", false)]
    [InlineData("application/msgpack", false)]
    [InlineData("application/msgpack", true)]
    public async Task Lines_of_every_format_are_stored_when_they_are_acknowledged(string type, bool packed)
    {
        var app = await NewAppAsync();
        string[] records = [Record(app, "one", 1), Record(app, "two ✓\u001b[1m", 2)];
        var body = type switch
        {
            "application/msgpack" => Events(records),
            "application/x-ndjson" => Encoding.UTF8.GetBytes(string.Join('\n', records) + "\n"),
            _ => Encoding.UTF8.GetBytes(Array(records)),
        };

        var answer = await collector.SendAsync(packed ? Gzip(body) : body, type, packed ? "gzip" : null);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal(["one", "two ✓\u001b[1m"], relay.TextsOf(app));
    }

    [Fact]
    public async Task A_line_has_the_time_and_the_dyno_that_wrote_it()
    {
        var app = await NewAppAsync();

        await collector.SendAsync(Array(Record(app, "x", 125_944_123, "worker.2")));

        var line = Assert.Single(relay.Stored.Lines(app), line => line.Entry.Process == "worker.2");
        Assert.Equal("2026-11-23T06:10:53.125944+00:00 app[worker.2]: x", line.ToString());
    }

    [Fact]
    public async Task A_batch_that_is_sent_again_is_acknowledged_and_stored_once()
    {
        var app = await NewAppAsync();
        var batch = Array(Record(app, "same", 1), Record(app, "same", 1), Record(app, "other", 2));

        await collector.SendAsync(batch);
        await collector.SendAsync(Array(Record(app, "late", 0)));
        var answer = await collector.SendAsync(batch);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal(["same", "same", "other", "late"], relay.TextsOf(app));
    }

    [Fact]
    public async Task A_batch_that_could_not_be_stored_is_wanted_again_and_then_complete()
    {
        var app = await NewAppAsync();
        var batch = Array(Record(app, "one", 1), Record(app, "two", 2));
        relay.FailNextAppendTo(app);

        var refused = await collector.SendAsync(batch);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);
        await Eventually.SeesAsync(
            "the batch is taken",
            async () => (await collector.SendAsync(batch)).StatusCode,
            status => status == HttpStatusCode.NoContent
        );
        Assert.Equal(["one", "two"], relay.TextsOf(app));
    }

    [Fact]
    public async Task A_body_for_which_there_is_no_place_is_wanted_again_soon_and_then_taken()
    {
        var app = await NewAppAsync();
        var batch = Array(Record(app, "one", 1));
        var places = relay.Service<IngestPlaces>();
        for (var i = 0; i < IngestPlaces.Most; i++)
            Assert.True(await places.TryEnterAsync(TestContext.Current.CancellationToken));

        var sending = collector.SendAsync(batch);
        await Eventually.HoldsAsync(
            "the body is answered",
            () => sending.IsCompleted,
            () => relay.IngestClock.Advance(TimeSpan.FromSeconds(1))
        );
        var refused = await sending;
        for (var i = 0; i < IngestPlaces.Most; i++)
            places.Leave();

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter?.Delta);
        Assert.Empty(relay.TextsOf(app));
        Assert.Equal(HttpStatusCode.NoContent, (await collector.SendAsync(batch)).StatusCode);
        Assert.Equal(["one"], relay.TextsOf(app));
    }

    [Fact]
    public async Task A_line_that_came_in_parts_is_one_line()
    {
        var app = await NewAppAsync();

        await collector.SendAsync(
            Array(
                Record(app, "a long ", 1, mark: "P"),
                Record(app, "line", 2),
                Record(app, "whole", 3),
                Record(app, "not yet at its ", 4, mark: "P")
            )
        );

        Assert.Equal(["a long line", "whole", "not yet at its "], relay.TextsOf(app));
    }

    [Fact]
    public async Task Lines_of_nobody_are_dropped_and_counted_and_take_no_other_with_them()
    {
        var app = await NewAppAsync();

        var answer = await collector.SendAsync(
            Array(
                Record(new AppId(Guid.NewGuid()), "of an app that is gone"),
                Record(app, "of another installation", installation: "other"),
                """{"log":"of the cluster itself"}""",
                """{"stream":"stdout"}""",
                Record(app, "ours", 1)
            )
        );

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var counted = JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        Assert.Equal((1, 3, 1), ((int)counted["lines"]!, (int)counted["unknown"]!, (int)counted["malformed"]!));
        Assert.Equal(["ours"], relay.TextsOf(app));
    }

    [Fact]
    public async Task Good_lines_of_a_broken_body_are_kept()
    {
        var app = await NewAppAsync();
        var broken = Events(Record(app, "4", 4), Record(app, "lost", 5));

        HttpResponseMessage[] answers =
        [
            await collector.SendAsync("[" + Record(app, "1", 1) + ",{\"log\":"),
            await collector.SendAsync($"{Record(app, "2", 2)}\n{{no json\n{Record(app, "3", 3)}\n", "application/x-ndjson"),
            await collector.SendAsync(broken[..^30], "application/msgpack"),
        ];

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Equal(["1", "2", "3", "4"], relay.TextsOf(app));
    }

    [Theory]
    [InlineData("application/json", "not json", 400)]
    [InlineData("application/msgpack", "not msgpack", 400)]
    [InlineData("application/json", "[]", 204)]
    [InlineData("application/json", "", 204)]
    [InlineData("text/plain", "[]", 415)]
    public async Task A_body_without_any_record_is_answered_for_good(string type, string body, int status) =>
        Assert.Equal(status, (int)(await collector.SendAsync(body, type)).StatusCode);

    [Fact]
    public async Task Bodies_that_are_too_large_or_packed_otherwise_are_answered_for_good()
    {
        var bomb = Gzip(new byte[40 << 20]);

        Assert.Equal(413, (int)(await collector.SendAsync(bomb, "application/json", "gzip")).StatusCode);
        Assert.Equal(413, (int)(await collector.SendAsync(new byte[17 << 20], "application/json")).StatusCode);
        Assert.Equal(400, (int)(await collector.SendAsync([1, 2, 3], "application/json", "gzip")).StatusCode);
        Assert.Equal(415, (int)(await collector.SendAsync([], "application/json", "zstd")).StatusCode);
    }

    [Fact]
    public async Task Whoever_has_another_token_is_not_let_in() =>
        Assert.Equal(401, (int)(await collector.SendAsync([], "application/json", token: "other")).StatusCode);

    public void Dispose() => collector.Dispose();

    private async Task<AppId> NewAppAsync() => (await relay.NewAppAsync(RelayFixture.NewActor())).Id;
}
