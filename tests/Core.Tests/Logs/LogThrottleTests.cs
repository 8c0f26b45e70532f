using NeetoDeploy.Core.Logs;

namespace NeetoDeploy.Core.Tests.Logs;

public sealed class LogThrottleTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 6, 0, 0, TimeSpan.Zero);

    private readonly LogThrottle throttle = new(Start);

    [Fact]
    public void A_flood_is_cut_and_the_cut_is_counted()
    {
        var admitted = Enumerable.Range(0, LogThrottle.Burst + 500).Count(_ => throttle.Admit(Start));

        Assert.Equal(LogThrottle.Burst, admitted);
        Assert.Equal(
            "Error L10 (output buffer overflow): 500 messages dropped since 2026-11-23T06:00:00.000000+00:00.",
            throttle.TakeNotice()
        );
        Assert.Null(throttle.TakeNotice());
    }

    [Fact]
    public void Room_comes_back_with_time()
    {
        while (throttle.Admit(Start)) { }

        Assert.Equal(LogThrottle.Rate, Enumerable.Range(0, LogThrottle.Burst).Count(_ => throttle.Admit(Start.AddSeconds(1))));
    }
}
