using Bunit;
using NeetoDeploy.Dashboard.Apps;

namespace NeetoDeploy.Dashboard.Tests.Apps;

public sealed class QuickActionsTests : BunitContext
{
    private readonly List<string> done = [];

    [Fact]
    public void Everything_is_a_click_away_from_a_running_app()
    {
        var view = Show(isReleased: true, dynos: 2);

        Assert.Equal(
            ["Open app", "Restart all dynos", "Logs", "Console", "Deploy", "Begin maintenance"],
            view.FindAll(".quick > *").Select(action => action.TextContent)
        );
        Assert.Equal(
            ["http://shop.localhost:8080/", "apps/shop/logs", "apps/shop/console", "apps/shop/deploy"],
            view.FindAll(".quick a").Select(link => link.GetAttribute("href"))
        );
        view.FindAll(".quick button")[0].Click();
        view.FindAll(".quick button")[1].Click();
        Assert.Equal(["restart", "maintenance True"], done);
    }

    [Fact]
    public void What_cannot_be_done_yet_is_disabled_and_says_why()
    {
        var view = Show(isReleased: false, dynos: 0);

        Assert.Equal(["Restart all dynos", "Console"], view.FindAll(".quick button[disabled]").Select(button => button.TextContent));
        Assert.Equal(
            "No dyno runs that could be restarted. A console runs in the app's image, which the first deploy makes.",
            view.Find("p").TextContent
        );
    }

    [Fact]
    public void Maintenance_ends_where_it_has_begun()
    {
        var view = Show(isReleased: true, dynos: 1, isInMaintenance: true);

        var end = view.FindAll(".quick button")[1];
        Assert.Equal("End maintenance", end.TextContent);
        end.Click();
        Assert.Equal(["maintenance False"], done);
    }

    private IRenderedComponent<QuickActions> Show(bool isReleased, int dynos, bool isInMaintenance = false) =>
        Render<QuickActions>(parameters =>
            parameters
                .Add(
                    actions => actions.Of,
                    TestApps.Make("shop") with
                    {
                        ReleasedAt = isReleased ? DateTimeOffset.UnixEpoch : null,
                        Maintenance = isInMaintenance,
                    }
                )
                .Add(actions => actions.Url, "http://shop.localhost:8080/")
                .Add(actions => actions.Dynos, dynos)
                .Add(actions => actions.Restart, () => done.Add("restart"))
                .Add(actions => actions.Maintain, isOn => done.Add($"maintenance {isOn}"))
        );
}
