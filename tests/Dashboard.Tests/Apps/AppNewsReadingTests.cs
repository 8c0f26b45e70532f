using NeetoDeploy.Core.Apps;
using NeetoDeploy.Dashboard.Apps;
using NeetoDeploy.Grains.Interfaces.Apps;

namespace NeetoDeploy.Dashboard.Tests.Apps;

public sealed class AppNewsReadingTests
{
    private static readonly AppNews News = new(new AppId(Guid.NewGuid()), AppName.Parse("shop"), AppStatus.Up, [], HasGone: false);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_came_together_is_read_together()
    {
        using var reading = Open();
        reading.Write(News, hasGap: false);
        reading.Write(News with { Status = AppStatus.Crashed }, hasGap: false);

        var batch = await NextAsync(reading);

        Assert.False(batch.HasGap);
        Assert.Equal([AppStatus.Up, AppStatus.Crashed], batch.News.Select(news => news.Status));
    }

    [Fact]
    public async Task A_gap_is_told_once_also_to_a_reader_that_was_too_slow()
    {
        using var reading = Open();
        reading.Write(null, hasGap: true);
        var gap = await NextAsync(reading);
        Assert.True(gap is { HasGap: true, News: [] });

        for (var i = 0; i < 1_001; i++)
            reading.Write(News, hasGap: false);
        var late = await NextAsync(reading);
        Assert.Equal((true, 1_000), (late.HasGap, late.News.Length));

        reading.Write(News, hasGap: false);
        Assert.False((await NextAsync(reading)).HasGap);
    }

    private static AppNewsReading Open() => new(TimeProvider.System, _ => { });

    private static async Task<AppNewsBatch> NextAsync(AppNewsReading reading) =>
        await reading.ReadAsync(TimeSpan.Zero, Cancel).FirstAsync(Cancel);
}
