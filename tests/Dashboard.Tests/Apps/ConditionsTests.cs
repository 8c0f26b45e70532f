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
    [InlineData("web.1 up, worker.1 crashed", AppStatus.Crashed)]
    [InlineData("web.1 up, run.4711 crashed, release.1 starting", AppStatus.Up)]
    [InlineData("", AppStatus.Stopped)]
    public void A_page_concludes_from_the_dynos_that_it_shows_without_one_off_dynos(string dynos, AppStatus expected) =>
        Assert.Equal(expected, Conditions.Of(App(AppStatus.Up), Dynos(dynos)));

    [Fact]
    public void A_build_under_way_is_the_apps_to_know() =>
        Assert.Equal(AppStatus.Deploying, Conditions.Of(App(AppStatus.Deploying), Dynos("web.1 up")));

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

    private static AppView App(AppStatus status) =>
        new(
            new AppId(Guid.NewGuid()),
            AppName.Parse("shop"),
            new AccountRef(new AccountId(Guid.NewGuid()), "dev@example.com"),
            "neeto-12",
            "neeto-12",
            false,
            default,
            default,
            DateTimeOffset.UnixEpoch,
            null,
            null,
            [],
            ImmutableSortedSet<string>.Empty
        )
        {
            Status = status,
        };
}
