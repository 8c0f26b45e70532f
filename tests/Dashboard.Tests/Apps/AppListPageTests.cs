using Bunit;
using Microsoft.AspNetCore.Components.Web.Virtualization;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Dashboard.Apps;
using NeetoDeploy.Dashboard.Tests.Host;
using NeetoDeploy.Grains.Interfaces.Apps;
using NeetoDeploy.Grains.Tests.Cluster;

namespace NeetoDeploy.Dashboard.Tests.Apps;

public sealed class AppListPageTests(ClusterFixture cluster) : PageTests(cluster)
{
    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task Beyond_the_first_hundred_apps_come_as_they_are_scrolled_to()
    {
        var me = await NewAccountAsync();
        await ListAsync(me, 250);
        await ListAsync(await NewAccountAsync(), 10);
        SignIn(me);
        var page = Render<AppListPage>();
        await ShowsAsync(page, "app-099");

        Assert.Equal("250", page.Find("[role=status]").TextContent);
        var rest = page.FindComponent<Virtualize<AppView>>().Instance.ItemsProvider!;
        var part = await page.InvokeAsync(async () => await rest(new ItemsProviderRequest(120, 30, Cancel)));
        Assert.Equal(150, part.TotalItemCount);
        Assert.Equal(Enumerable.Range(220, 30).Select(i => $"app-{i}"), part.Items.Select(app => app.Name.ToString()));
    }

    [Fact]
    public async Task What_is_typed_becomes_the_address_only_where_the_list_is_still_shown()
    {
        var me = await NewAccountAsync();
        await ListAsync(me, 1);
        SignIn(me);
        var page = Render<AppListPage>();
        await ShowsAsync(page, "app-000");

        await page.Find("#search").InputAsync("App");

        var asked = JSInterop.VerifyInvoke("neeto.replace");
        Assert.Equal(["/", "http://localhost/?text=app"], asked.Arguments);
    }

    private async Task ListAsync(Actor owner, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var app = TestApps.Make($"app-{i:d3}") with { Owner = new AccountRef(owner.Id, owner.Email) };
            await Cluster.ReadModel.PutAppAsync(app, [owner.Id], Cancel);
        }
    }
}
