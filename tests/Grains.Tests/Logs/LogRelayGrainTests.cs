using System.Collections.Immutable;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Logs;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Logs;
using NeetoDeploy.Grains.Tests.Cluster;

namespace NeetoDeploy.Grains.Tests.Logs;

public sealed class LogRelayGrainTests : ClusterTests
{
    private readonly AppId app = new(Guid.NewGuid());
    private readonly LineRecorder recorder = new();

    private ILogRelayGrain Relay => Grains.Logs(app);

    [Fact]
    public async Task Lines_of_many_writers_are_numbered_without_gaps_and_keep_each_writers_order()
    {
        await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(async writer =>
                {
                    for (var i = 0; i < 20; i++)
                        await Relay.AppendAsync([TestApp.Entry($"{writer}:{i}")]);
                })
        );

        var page = await Relay.ReadNewestAsync(1_500, LogFilter.All);

        Assert.Equal(Enumerable.Range(1, 400).Select(seq => (long)seq), page.Lines.Select(line => line.Seq));
        Assert.Equal(page.Lines, Cluster.Logs.Lines(app));
        foreach (var writer in page.Lines.GroupBy(line => line.Entry.Text.Split(':')[0]))
            Assert.Equal(Enumerable.Range(0, 20), writer.Select(line => int.Parse(line.Entry.Text.Split(':')[1], null)));
    }

    [Fact]
    public async Task A_follower_gets_what_it_missed_and_what_comes()
    {
        await Relay.AppendAsync([TestApp.Entry("1"), TestApp.Entry("2"), TestApp.Entry("3")]);

        await Relay.FollowAsync(Grains.CreateObjectReference<ILogObserver>(recorder), 1);
        await Relay.AppendAsync([TestApp.Entry("4")]);

        await Eventually.HoldsAsync("three lines arrived", () => recorder.Lines.Count == 3);
        Assert.Equal(["2", "3", "4"], recorder.Lines.Select(line => line.Entry.Text));
    }

    [Fact]
    public async Task A_slow_follower_gets_what_came_meanwhile_at_once_and_in_order()
    {
        var slow = new TaskCompletionSource();
        recorder.Ready = slow.Task;
        var reference = Grains.CreateObjectReference<ILogObserver>(recorder);
        await Relay.FollowAsync(reference, 0);
        await Relay.AppendAsync([TestApp.Entry("1")]);
        await Eventually.HoldsAsync("the first line is on its way", () => recorder.Calls == 1);

        foreach (var text in (string[])["2", "3", "4"])
            await Relay.AppendAsync([TestApp.Entry(text)]);
        await Relay.FollowAsync(reference, 0);
        slow.SetResult();

        await Eventually.HoldsAsync("four lines arrived", () => recorder.Lines.Count == 4);
        Assert.Equal([1L, 2L, 3L, 4L], recorder.Lines.Select(line => line.Seq));
        Assert.Equal(2, recorder.Calls);
    }

    [Fact]
    public async Task A_follower_gets_a_burst_whole_of_which_the_log_keeps_only_the_end()
    {
        var slow = new TaskCompletionSource();
        recorder.Ready = slow.Task;
        await Relay.FollowAsync(Grains.CreateObjectReference<ILogObserver>(recorder), 0);
        for (var burst = 0; burst < 4; burst++)
            await Relay.AppendAsync([.. Enumerable.Range(0, 5_000).Select(i => TestApp.Entry($"line {burst}.{i}"))]);
        slow.SetResult();

        await Eventually.HoldsAsync("all lines arrived", () => recorder.Lines.Count == 20_000);
        Assert.Equal(Enumerable.Range(1, 20_000).Select(i => (long)i), recorder.Lines.Select(line => line.Seq));
    }

    [Fact]
    public async Task A_follower_that_fails_is_dropped_until_it_comes_again()
    {
        recorder.Ready = Task.FromException(new InvalidOperationException("full"));
        var reference = Grains.CreateObjectReference<ILogObserver>(recorder);
        await Relay.FollowAsync(reference, 0);
        await Relay.AppendAsync([TestApp.Entry("1")]);
        await Eventually.HoldsAsync("it was tried", () => recorder.Calls == 1);
        recorder.Ready = Task.CompletedTask;

        await Relay.AppendAsync([TestApp.Entry("2")]);

        await Eventually.HoldsAsync(
            "both lines arrived",
            () => recorder.Lines.Count == 2,
            () => Relay.FollowAsync(reference, recorder.Lines.LastOrDefault()?.Seq ?? 0).Ignore()
        );
        Assert.Equal(["1", "2"], recorder.Lines.Select(line => line.Entry.Text));
    }

    [Fact]
    public async Task A_follower_that_does_not_renew_is_dropped()
    {
        await Relay.FollowAsync(Grains.CreateObjectReference<ILogObserver>(recorder), 0);
        await Relay.AppendAsync([TestApp.Entry("1")]);
        Cluster.Clock.Advance(TimeSpan.FromSeconds(91));
        await Relay.AppendAsync([TestApp.Entry("2")]);

        var late = new LineRecorder();
        await Relay.FollowAsync(Grains.CreateObjectReference<ILogObserver>(late), 0);
        await Eventually.HoldsAsync("the later follower has both lines", () => late.Lines.Count == 2);

        Assert.Equal(["1"], recorder.Lines.Select(line => line.Entry.Text));
    }

    [Fact]
    public async Task Numbers_go_on_after_a_crash_of_the_silo()
    {
        await Relay.AppendAsync([TestApp.Entry("1"), TestApp.Entry("2")]);

        await Cluster.CrashAsync();
        await Relay.AppendAsync([TestApp.Entry("3")]);

        Assert.Equal([1L, 2L, 3L], (await Relay.ReadNewestAsync(10, LogFilter.All)).Lines.Select(line => line.Seq));
    }

    [Fact]
    public async Task A_write_that_fails_is_told_and_its_numbers_are_not_lost()
    {
        await Relay.AppendAsync([TestApp.Entry("1")]);
        Cluster.Logs.FailNextAppends();

        await Assert.ThrowsAsync<IOException>(() => Relay.AppendAsync([TestApp.Entry("lost")]));
        await Eventually.HoldsAsync("the log takes lines again", CanAppendAsync);

        Assert.Equal([1L, 2L], Cluster.Logs.Lines(app).Select(line => line.Seq));
    }

    [Fact]
    public async Task Output_that_is_read_again_is_not_written_twice()
    {
        ImmutableArray<LogEntry> output = [TestApp.Entry("a", At(1)), TestApp.Entry("b", At(2))];
        await Relay.AppendOutputAsync(output);

        await Relay.AppendOutputAsync([.. output, TestApp.Entry("c", At(3))]);

        Assert.Equal(["a", "b", "c"], Cluster.Logs.Lines(app).Select(line => line.Entry.Text));
    }

    [Fact]
    public async Task A_noisy_app_is_cut_and_the_log_says_how_much()
    {
        for (var i = 0; i < 11; i++)
            await Relay.AppendOutputAsync([.. Enumerable.Range(0, 1_000).Select(n => TestApp.Entry($"{i}.{n}", At(i * 1_000 + n + 1)))]);
        Cluster.Clock.Advance(TimeSpan.FromSeconds(1));

        await Eventually.HoldsAsync(
            "the log says what was dropped",
            () =>
                Cluster
                    .Logs.Lines(app)
                    .Any(line =>
                        line.Entry.Text.StartsWith("Error L10 (output buffer overflow): 1000 messages dropped", StringComparison.Ordinal)
                    )
        );
    }

    private async Task<bool> CanAppendAsync()
    {
        try
        {
            await Relay.AppendAsync([TestApp.Entry("2")]);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private DateTimeOffset At(int second) => Cluster.Clock.GetUtcNow().AddSeconds(second);
}
