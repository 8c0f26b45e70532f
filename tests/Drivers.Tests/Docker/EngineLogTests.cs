using System.Buffers.Binary;
using System.Text;
using NeetoDeploy.Drivers.Abstractions.Dynos;
using NeetoDeploy.Drivers.Docker.Dynos;

namespace NeetoDeploy.Drivers.Tests.Docker;

public sealed class EngineLogTests
{
    private readonly MemoryStream stream = new();

    [Fact]
    public async Task A_line_in_pieces_is_joined_although_the_other_stream_speaks_in_between()
    {
        Write(1, "2026-11-25T10:00:00.000000001Z start ");
        Write(2, "2026-11-25T10:00:00.000000002Z error\n");
        Write(1, "2026-11-25T10:00:00.000000003Z end\r\n");
        Assert.Equal(["error", "start end"], (await ReadAsync()).Select(line => line.Text));
    }

    [Fact]
    public async Task Stamps_grow_even_where_the_engine_wrote_equal_or_earlier_ones()
    {
        Write(1, "2026-11-25T10:00:00.000000500Z one\n");
        Write(2, "2026-11-25T10:00:00.000000100Z two\n");
        Write(1, "2026-11-25T10:00:00.000000500Z three\n");
        var ticks = (await ReadAsync()).Select(line => line.Time.Ticks % TimeSpan.TicksPerSecond);
        Assert.Equal([5, 6, 7], ticks);
    }

    [Fact]
    public async Task Empty_lines_and_an_unfinished_last_one_are_kept()
    {
        Write(1, "2026-11-25T10:00:00.000000000Z \n");
        Write(1, "2026-11-25T10:00:01.000000000Z rest");
        Assert.Equal(["", "rest"], (await ReadAsync()).Select(line => line.Text));
    }

    [Fact]
    public void Characters_are_not_cut_where_a_long_line_is_split()
    {
        var joiner = new LineJoiner();
        var text = new string('x', LineJoiner.MaxLength - 1) + "€ and more";
        var lines = joiner.Add(Encoding.UTF8.GetBytes(text + "\n"));
        Assert.Equal([new string('x', LineJoiner.MaxLength - 1), "€ and more"], lines);
    }

    private void Write(byte kind, string message)
    {
        var bytes = Encoding.UTF8.GetBytes(message);
        Span<byte> header = [kind, 0, 0, 0, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(header[4..], bytes.Length);
        stream.Write(header);
        stream.Write(bytes);
    }

    private async Task<List<DynoOutputLine>> ReadAsync()
    {
        stream.Position = 0;
        await using var log = new EngineLog(stream, isMultiplexed: true, failure => failure);
        var lines = new List<DynoOutputLine>();
        while (await log.ReadAsync(TestContext.Current.CancellationToken) is { } line)
            lines.Add(line);
        lines.AddRange(log.Finish());
        return lines;
    }
}
