using Microsoft.Extensions.Time.Testing;
using NeetoDeploy.LogRelay.Ingest;

namespace NeetoDeploy.LogRelay.Tests.Ingest;

public sealed class IngestPlacesTests
{
    private readonly FakeTimeProvider clock = new();

    [Fact]
    public async Task A_body_too_many_waits_for_a_place_and_is_put_off_when_none_comes()
    {
        var places = new IngestPlaces(clock);
        for (var i = 0; i < IngestPlaces.Most; i++)
            Assert.True(await places.TryEnterAsync(TestContext.Current.CancellationToken));

        var lucky = places.TryEnterAsync(TestContext.Current.CancellationToken);
        Assert.False(lucky.IsCompleted);
        places.Leave();
        Assert.True(await lucky);

        var late = places.TryEnterAsync(TestContext.Current.CancellationToken);
        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.False(await late);
    }
}
