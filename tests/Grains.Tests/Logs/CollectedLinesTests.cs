using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Logs;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Logs;
using NeetoDeploy.Grains.Tests.Cluster;

namespace NeetoDeploy.Grains.Tests.Logs;

public sealed class CollectedLinesTests : ClusterTests
{
    private readonly AppId app = new(Guid.NewGuid());

    private ILogRelayGrain Relay => Grains.Logs(app);

    [Fact]
    public async Task A_late_line_is_kept_though_the_log_has_none_as_old_any_more()
    {
        await Relay.AppendCollectedAsync([.. Enumerable.Range(10, 2_000).Select(second => Line(second))]);

        await Relay.AppendCollectedAsync([Line(1), Line(10), Line(2_009)]);

        Assert.Equal("1", Texts().Last());
    }

    [Fact]
    public async Task Lines_that_an_earlier_activation_stored_are_known()
    {
        await Relay.AppendCollectedAsync([Line(1), Line(2)]);
        await Cluster.CrashAsync();

        await Relay.AppendCollectedAsync([Line(1), Line(2), Line(3)]);

        Assert.Equal(["1", "2", "3"], Texts());
    }

    [Fact]
    public async Task Lines_that_could_not_be_stored_are_taken_when_they_come_again()
    {
        Cluster.Logs.FailNextAppends();
        // Either may arrive first.
        Task[] both = [Relay.AppendCollectedAsync([Line(1)]), Relay.AppendCollectedAsync([Line(1)])];
        await Task.WhenAny(Task.WhenAll(both));
        Assert.Contains(both, call => call.Exception?.InnerException is IOException);

        await Eventually.HoldsAsync("the line is taken", IsTakenAsync);

        Assert.Equal(["1"], Texts());
    }

    [Fact]
    public async Task A_noisy_app_is_cut_and_the_log_says_how_much()
    {
        await Relay.AppendCollectedAsync([.. Enumerable.Range(1, 11_000).Select(second => Line(second))]);
        Cluster.Clock.Advance(TimeSpan.FromSeconds(1));

        await Eventually.HoldsAsync(
            "the log says what was dropped",
            () =>
                Texts().Any(text => text.StartsWith("Error L10 (output buffer overflow): 1000 messages dropped", StringComparison.Ordinal))
        );
    }

    private async Task<bool> IsTakenAsync()
    {
        try
        {
            await Relay.AppendCollectedAsync([Line(1)]);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private IEnumerable<string> Texts() => Cluster.Logs.Lines(app).Select(line => line.Entry.Text);

    private CollectedLine Line(int second) =>
        new(new CollectedLineId(7, second, 0), TestApp.Entry($"{second}", Cluster.Clock.GetUtcNow().AddSeconds(second)));
}
