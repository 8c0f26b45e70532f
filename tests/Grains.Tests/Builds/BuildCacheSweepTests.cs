using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using NeetoDeploy.Drivers.Fake.Builds;
using NeetoDeploy.Grains.Builds;

namespace NeetoDeploy.Grains.Tests.Builds;

public sealed class BuildCacheSweepTests
{
    [Fact]
    public async Task Caches_are_trimmed_again_and_again()
    {
        var cancel = TestContext.Current.CancellationToken;
        var time = new FakeTimeProvider();
        var builder = new FakeBuildDriver(time);
        using var sweep = new BuildCacheSweep(builder, time, NullLogger<BuildCacheSweep>.Instance);
        await sweep.StartAsync(cancel);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(0, builder.Trims.CurrentCount);
            time.Advance(TimeSpan.FromMinutes(10));
            await builder.Trims.WaitAsync(cancel);
        }
        await sweep.StopAsync(cancel);
    }
}
