using System.Text;
using NeetoDeploy.Drivers.Abstractions.Dynos;

namespace NeetoDeploy.Drivers.Tests.Conformance;

/// <summary>Optional capabilities that every driver so far has.</summary>
public abstract partial class DynoDriverConformance
{
    [Fact]
    public async Task Following_gives_every_line_of_both_streams_and_ends_with_the_dyno()
    {
        var dyno = await Driver.EnsureAsync(Spec("talker"), Cancel);
        var lines = await FollowAsync(dyno.Handle, null);
        Assert.Equal(401, lines.Count);
        Assert.Equal(Enumerable.Range(1, 200).Select(i => $"line {i}"), lines.Where(l => l.Text.StartsWith('l')).Select(l => l.Text));
        Assert.Equal(Enumerable.Range(1, 200).Select(i => $"error {i}"), lines.Where(l => l.Text.StartsWith('e')).Select(l => l.Text));
        Assert.Contains(lines, line => line.Text == "unfinished");
        Assert.Equal(lines.Count, lines.Select(line => line.Time).Distinct().Count());
        Assert.Equal(lines.OrderBy(line => line.Time), lines);
    }

    [Fact]
    public async Task Following_resumes_after_any_line_without_loss_or_repetition()
    {
        var dyno = await Driver.EnsureAsync(Spec("talker"), Cancel);
        var lines = await FollowAsync(dyno.Handle, null);
        foreach (var at in (int[])[0, 1, 57, 200, 399, 400])
            Assert.Equal(lines.Skip(at + 1), await FollowAsync(dyno.Handle, lines[at].Time));
    }

    [Fact]
    public async Task Pipes_carry_bytes_both_ways_until_the_input_is_closed()
    {
        await using var attached = await ((ISupportsAttach)Driver).StartAttachedAsync(Spec("echo"), Cancel);
        byte[] sent = [0, 1, 0xFF, (byte)'\n', (byte)'\r', 0x1B, .. "some text"u8];
        await attached.WriteAsync(sent, Cancel);
        Assert.Equal(sent, await ReadAsync(attached, sent.Length));
        await attached.WriteAsync("last"u8.ToArray(), Cancel);
        await attached.CloseInputAsync(Cancel);
        Assert.Equal("last", Encoding.UTF8.GetString(await ReadAsync(attached, int.MaxValue)));
        Assert.Equal(0, (await ExitAsync(Spec("echo").Key)).ExitCode);
    }

    [Fact]
    public async Task Watching_tells_of_a_start_and_of_an_exit()
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var keys = new List<DynoKey>();
        var spec = Spec("crash");
        // The watch is known to be open once it told of a first dyno, which is started anew until then.
        var watching = WatchAsync(keys, spec.Key, enough);
        for (var i = 2; !keys.Exists(key => key.App == App); i++)
        {
            var probe = await Driver.EnsureAsync(Spec("web", i), Cancel);
            await Driver.RemoveAsync(probe.Handle, Cancel);
        }
        await Driver.EnsureAsync(spec, Cancel);
        await watching;
        Assert.True(keys.Count(key => key == spec.Key) >= 2);
    }

    [Fact]
    public async Task Only_a_running_dyno_is_measured()
    {
        var dyno = await Driver.EnsureAsync(Spec("web"), Cancel);
        var usage = await ((ISupportsStats)Driver).MeasureAsync(dyno.Handle, Cancel);
        Assert.InRange(usage!.MemoryBytes, 1, 1L << 30);
        await Driver.StopAsync(dyno.Handle, TimeSpan.FromMinutes(5), Cancel);
        await ExitAsync(dyno.Key);
        Assert.Null(await ((ISupportsStats)Driver).MeasureAsync(dyno.Handle, Cancel));
    }

    private async Task WatchAsync(List<DynoKey> keys, DynoKey until, CancellationTokenSource enough)
    {
        await foreach (var key in ((ISupportsWatch)Driver).WatchAsync(enough.Token))
        {
            keys.Add(key);
            if (keys.Count(seen => seen == until) == 2)
                return;
        }
    }

    protected async Task<List<DynoOutputLine>> FollowAsync(DynoHandle handle, DateTimeOffset? after)
    {
        var lines = new List<DynoOutputLine>();
        await foreach (var line in ((ISupportsLogTail)Driver).FollowAsync(handle, after, Cancel))
            lines.Add(line);
        return lines;
    }

    protected static async Task<byte[]> ReadAsync(IAttachedDyno attached, int count)
    {
        var bytes = new List<byte>();
        var buffer = new byte[4096];
        while (bytes.Count < count)
        {
            var read = await attached.ReadAsync(buffer, Cancel);
            if (read == 0)
                break;
            bytes.AddRange(buffer.AsSpan(0, read));
        }
        return [.. bytes];
    }
}
