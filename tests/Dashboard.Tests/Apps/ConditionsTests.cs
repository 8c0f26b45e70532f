using System.Collections.Immutable;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Dynos;
using NeetoDeploy.Core.Releases;
using NeetoDeploy.Dashboard.Apps;
using NeetoDeploy.Grains.Interfaces.Apps;
using NeetoDeploy.Grains.Interfaces.Dynos;

namespace NeetoDeploy.Dashboard.Tests.Apps;

public sealed class ConditionsTests
{
    [Theory]
    [InlineData("web.1 up, web.2 up", Condition.Up)]
    [InlineData("web.1 up, worker.1 idle", Condition.Up)]
    [InlineData("web.1 up, web.2 starting", Condition.Starting)]
    [InlineData("web.1 up, worker.1 crashed", Condition.Crashed)]
    [InlineData("web.1 down", Condition.Stopped)]
    [InlineData("", Condition.Stopped)]
    [InlineData("web.1 up, run.4711 crashed", Condition.Up)]
    public void An_app_is_as_the_worst_of_its_dynos(string dynos, Condition expected) =>
        Assert.Equal(expected, Conditions.Of(App(released: true, maintenance: false), Dynos(dynos)));

    [Fact]
    public void What_its_people_said_and_that_it_is_new_come_first()
    {
        Assert.Equal(Condition.Maintenance, Conditions.Of(App(released: true, maintenance: true), Dynos("web.1 crashed")));
        Assert.Equal(Condition.New, Conditions.Of(App(released: false, maintenance: false), []));
    }

    private static List<DynoView> Dynos(string text) =>
        [
            .. text.Split(", ", StringSplitOptions.RemoveEmptyEntries)
                .Select(dyno => dyno.Split(' '))
                .Select(dyno => new DynoView(
                    Guid.NewGuid(),
                    default,
                    DynoName.Parse(dyno[0]),
                    "command",
                    DynoSize.Default,
                    Enum.Parse<DynoStatus>(dyno[1], ignoreCase: true),
                    default,
                    new ReleaseVersion(1),
                    default,
                    default
                )),
        ];

    private static AppView App(bool released, bool maintenance) =>
        new(
            new AppId(Guid.NewGuid()),
            AppName.Parse("shop"),
            new AccountRef(new AccountId(Guid.NewGuid()), "dev@example.com"),
            "neeto-12",
            "neeto-12",
            maintenance,
            default,
            default,
            released ? DateTimeOffset.UnixEpoch : null,
            null,
            null,
            [],
            ImmutableSortedSet<string>.Empty
        );
}
