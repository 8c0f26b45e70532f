using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using NeetoDeploy.Drivers.Fake.Builds;
using NeetoDeploy.Drivers.Fake.Images;
using NeetoDeploy.Grains.Builds;
using NeetoDeploy.Grains.Installations;

namespace NeetoDeploy.Grains.Tests.Builds;

public sealed class BuildCacheSweepTests
{
    [Fact]
    public async Task Caches_are_trimmed_soon_after_the_start_and_again_and_again()
    {
        var cancel = TestContext.Current.CancellationToken;
        var time = new FakeTimeProvider();
        var builder = new FakeBuildDriver(time);
        using var garbage = new GarbageCollector(new FakeImageStore(time), builder, time, NullLogger<GarbageCollector>.Instance);
        using var sweep = new BuildCacheSweep(garbage, time);
        await sweep.StartAsync(cancel);
        foreach (var seconds in (int[])[10, 600, 600])
        {
            Assert.Equal(0, builder.Trims.CurrentCount);
            time.Advance(TimeSpan.FromSeconds(seconds));
            await builder.Trims.WaitAsync(cancel);
        }
        await sweep.StopAsync(cancel);
    }
}
