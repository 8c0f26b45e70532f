using Bunit;
using Microsoft.Extensions.DependencyInjection;
using NeetoDeploy.Core.Dynos;
using NeetoDeploy.Core.Releases;
using NeetoDeploy.Dashboard.Apps;
using NeetoDeploy.Grains.Interfaces.Dynos;

namespace NeetoDeploy.Dashboard.Tests.Apps;

public sealed class DynoListTests : BunitContext
{
    [Fact]
    public void A_dyno_is_shown_with_its_state_and_a_link_to_the_release_that_it_runs()
    {
        Services.AddSingleton(TimeProvider.System);
        var dyno = new DynoView(
            Guid.NewGuid(),
            default,
            DynoName.Parse("web.1"),
            "node server.js",
            DynoSize.Default,
            DynoStatus.Crashed,
            default,
            new ReleaseVersion(7),
            default,
            default
        );

        var list = Render<DynoList>(parameters => parameters.Add(one => one.Of, TestApps.Make("shop")).Add(one => one.Dynos, [dyno]));

        Assert.Equal("crashed", list.Find(".chip").TextContent);
        Assert.Equal(("apps/shop/releases/7", "v7"), (list.Find("a").GetAttribute("href"), list.Find("a").TextContent));
        Assert.Empty(list.FindAll("button"));
    }
}
