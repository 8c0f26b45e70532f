using NeetoDeploy.Dashboard.Live;

namespace NeetoDeploy.Dashboard.Tests.Live;

public sealed class LeavableComponentTests
{
    [Fact]
    public async Task Work_that_goes_on_when_its_page_has_been_left_finds_that_it_shall_end()
    {
        var part = new Part();
        Assert.False(part.Token.IsCancellationRequested);

        await part.DisposeAsync();

        Assert.True(part.Token.IsCancellationRequested);
        await Assert.ThrowsAsync<TaskCanceledException>(() => Task.Delay(Timeout.InfiniteTimeSpan, part.Token));
    }

    private sealed class Part : LeavableComponent
    {
        public CancellationToken Token => Leaving;
    }
}
