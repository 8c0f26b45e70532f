using NeetoDeploy.Core.Logs;

namespace NeetoDeploy.Core.Tests.Logs;

public sealed class SeenLinesTests
{
    private readonly SeenLines seen = new();

    [Fact]
    public void A_line_is_new_once()
    {
        Assert.True(seen.Add(new CollectedLineId(1, 2, 0)));
        Assert.True(seen.Add(new CollectedLineId(1, 2, 1)));
        Assert.True(seen.Add(new CollectedLineId(2, 2, 0)));
        Assert.False(seen.Add(new CollectedLineId(1, 2, 0)));
    }

    [Fact]
    public void The_oldest_is_forgotten_beyond_the_bound()
    {
        for (var i = 0; i <= SeenLines.Most; i++)
            Assert.True(seen.Add(new CollectedLineId(1, i, 0)));

        Assert.False(seen.Add(new CollectedLineId(1, 1, 0)));
        Assert.True(seen.Add(new CollectedLineId(1, 0, 0)));
    }
}
