using System.Text;
using NeetoDeploy.Core.Logs;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Logs;
using NeetoDeploy.Grains.Tests.Cluster;

namespace NeetoDeploy.Grains.Tests.Logs;

public sealed class OutputGrainTests : ClusterTests
{
    private readonly OutputId output = new(Guid.NewGuid());

    private IOutputGrain Output => Grains.Output(output);

    [Fact]
    public async Task A_reader_is_woken_by_what_is_written()
    {
        var reading = Output.ReadAsync(0);
        await Output.AppendAsync("hello"u8.ToArray());

        var chunk = await reading;
        Assert.Equal(("hello", false, true), (Encoding.UTF8.GetString(chunk.Bytes), chunk.IsEnd, chunk.HasStarted));
    }

    [Fact]
    public async Task A_reader_is_sent_away_after_10_seconds_of_silence()
    {
        var reading = Output.ReadAsync(0);
        await Eventually.HoldsAsync(
            "the reader is sent away",
            () => reading.IsCompleted,
            () => Cluster.Clock.Advance(TimeSpan.FromSeconds(1))
        );

        Assert.Equal((0, false, false), ((await reading).Bytes.Length, (await reading).IsEnd, (await reading).HasStarted));
    }

    [Fact]
    public async Task The_end_is_told_with_the_last_bytes()
    {
        await Output.AppendAsync(new byte[100_000]);
        await Output.CompleteAsync();

        var first = await Output.ReadAsync(0);
        var second = await Output.ReadAsync(first.Bytes.Length);

        Assert.Equal((65_536, false), (first.Bytes.Length, first.IsEnd));
        Assert.Equal((34_464, true), (second.Bytes.Length, second.IsEnd));
    }

    [Fact]
    public async Task A_writer_that_starts_over_writes_nothing_twice()
    {
        await Output.AppendAtAsync(0, "one\n"u8.ToArray());
        await Cluster.CrashAsync();

        await Output.AppendAtAsync(0, "one\n"u8.ToArray());
        await Output.AppendAtAsync(2, "e\ntwo\n"u8.ToArray());

        Assert.Equal("one\ntwo\n", Encoding.UTF8.GetString(Cluster.Outputs.Bytes(output)));
    }
}
