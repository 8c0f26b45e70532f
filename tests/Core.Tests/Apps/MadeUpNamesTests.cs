using CsCheck;
using NeetoDeploy.Core.Apps;

namespace NeetoDeploy.Core.Tests.Apps;

public sealed class MadeUpNamesTests
{
    [Fact]
    public void Every_number_gives_a_valid_name() =>
        Gen.ULong.Sample(entropy => AppName.TryParse(MadeUpNames.From(entropy).ToString(), null, out _));

    [Fact]
    public void The_same_number_gives_the_same_name_and_others_rarely_do()
    {
        Assert.Equal(MadeUpNames.From(42), MadeUpNames.From(42));
        var names = Enumerable.Range(0, 10_000).Select(i => MadeUpNames.From((ulong)i * 2_654_435_761)).Distinct().Count();
        Assert.True(names > 9_990, $"10,000 numbers gave only {names} names.");
    }
}
