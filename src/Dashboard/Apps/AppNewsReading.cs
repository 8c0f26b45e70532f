using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using NeetoDeploy.Grains.Interfaces.Apps;

namespace NeetoDeploy.Dashboard.Apps;

/// <summary>What was heard together.</summary>
/// <param name="News">In the order in which it came.</param>
/// <param name="HasGap">Something was missed: anything may have changed.</param>
public sealed record AppNewsBatch(ImmutableArray<AppNews> News, bool HasGap);

/// <summary>One reader of news.</summary>
public sealed class AppNewsReading(TimeProvider time, Action<AppNewsReading> close) : IDisposable
{
    private const int Most = 1_000;

    private readonly Channel<AppNews?> news = Channel.CreateBounded<AppNews?>(Most);
    private int hasGap;

    /// <summary>What comes, as often as something does; what comes within <paramref name="together"/> of the first is one batch.</summary>
    public async IAsyncEnumerable<AppNewsBatch> ReadAsync(TimeSpan together, [EnumeratorCancellation] CancellationToken leaving)
    {
        while (await news.Reader.WaitToReadAsync(leaving))
        {
            await Task.Delay(together, time, leaving);
            var batch = ImmutableArray.CreateBuilder<AppNews>();
            while (news.Reader.TryRead(out var one))
            {
                if (one is not null)
                    batch.Add(one);
            }
            yield return new AppNewsBatch(batch.ToImmutable(), Interlocked.Exchange(ref hasGap, 0) != 0);
        }
    }

    /// <summary>Hands on what was heard; never waits. A reader that is too slow has a gap.</summary>
    internal void Write(AppNews? heard, bool hasGap)
    {
        if (hasGap)
            Interlocked.Exchange(ref this.hasGap, 1);
        if (!news.Writer.TryWrite(heard))
            Interlocked.Exchange(ref this.hasGap, 1);
    }

    public void Dispose() => close(this);
}
