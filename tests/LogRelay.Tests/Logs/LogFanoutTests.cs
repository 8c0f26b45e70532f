using NeetoDeploy.Core.Logs;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.LogRelay.Logs;
using NeetoDeploy.LogRelay.Tests.Host;

namespace NeetoDeploy.LogRelay.Tests.Logs;

public sealed class LogFanoutTests(RelayFixture relay)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly LogFilter Dynos = new("web", null);

    [Fact]
    public async Task A_reader_sees_the_newest_lines_and_then_what_comes()
    {
        var owner = RelayFixture.NewActor();
        var app = (await relay.NewAppAsync(owner)).Id;
        await relay.AppendAsync(app, "1", "2", "3");
        CallContext.Act(owner);
        await using var reading = await relay.Service<LogFanout>().OpenAsync(app, Dynos, 2, null, tail: true);

        await using var batches = reading.ReadAsync(Patience, TestContext.Current.CancellationToken).GetAsyncEnumerator();

        Assert.Equal(["2", "3"], await NextAsync(batches));
        await relay.AppendAsync(app, "4");

        Assert.Equal(["4"], await NextAsync(batches));
    }

    [Fact]
    public async Task Whoever_may_not_see_the_app_may_not_read_its_log()
    {
        var app = (await relay.NewAppAsync(RelayFixture.NewActor())).Id;
        CallContext.Act(RelayFixture.NewActor());

        await Assert.ThrowsAsync<AccessDeniedException>(() =>
            relay.Service<LogFanout>().OpenAsync(app, LogFilter.All, 10, null, tail: true)
        );
        await Assert.ThrowsAsync<AccessDeniedException>(() => relay.Service<LogFanout>().OpenAsync(app, LogFilter.All, 10, 0, tail: false));
    }

    private static async Task<IEnumerable<string>> NextAsync(IAsyncEnumerator<LogBatch> batches)
    {
        Assert.True(await batches.MoveNextAsync().AsTask().WaitAsync(Patience, TestContext.Current.CancellationToken));
        return batches.Current.Lines.Select(line => line.Entry.Text);
    }
}
