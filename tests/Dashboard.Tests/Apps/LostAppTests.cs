using Bunit;
using Microsoft.AspNetCore.Components;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Dashboard.Apps;
using NeetoDeploy.Dashboard.Collaborators;
using NeetoDeploy.Dashboard.ConfigVars;
using NeetoDeploy.Dashboard.Deploys;
using NeetoDeploy.Dashboard.Formations;
using NeetoDeploy.Dashboard.Logs;
using NeetoDeploy.Dashboard.Metrics;
using NeetoDeploy.Dashboard.Releases;
using NeetoDeploy.Dashboard.Runs;
using NeetoDeploy.Dashboard.Tests.Host;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Interfaces.Apps;
using NeetoDeploy.Grains.Tests.Cluster;

namespace NeetoDeploy.Dashboard.Tests.Apps;

/// <summary>An app that ends, or is somebody's no more, while one of its pages is open.</summary>
public sealed class LostAppTests(ClusterFixture cluster) : PageTests(cluster)
{
    public static TheoryData<Type> Pages =>
        [
            typeof(OverviewPage),
            typeof(ResourcesPage),
            typeof(DeployPage),
            typeof(ActivityPage),
            typeof(LogsPage),
            typeof(MetricsPage),
            typeof(ConsolePage),
            typeof(AccessPage),
            typeof(SettingsPage),
        ];

    [Theory, MemberData(nameof(Pages))]
    public async Task Every_page_of_an_app_that_is_destroyed_says_so_and_leads_back(Type page)
    {
        var owner = await NewAccountAsync();
        var app = await NewAppAsync(owner);
        var shown = await OpenAsync(page, app, owner);

        CallContext.Act(owner);
        await Cluster.Grains.App(app.Id).DestroyAsync();

        await ShowsAsync(shown, $"{app.Name} is not here any more");
        Assert.Equal("", shown.Find(".empty a").GetAttribute("href"));
        Assert.Empty(shown.FindAll("nav.tabs"));
    }

    [Theory, MemberData(nameof(Pages))]
    public async Task Whoever_an_app_is_shared_with_no_longer_sees_it_no_longer(Type page)
    {
        var (owner, friend) = (await NewAccountAsync(), await NewAccountAsync());
        var app = await NewAppAsync(owner);
        CallContext.Act(owner);
        Assert.True((await Cluster.Grains.App(app.Id).AddCollaboratorAsync(friend.Email)).IsOk);
        var shown = await OpenAsync(page, app, friend);

        CallContext.Act(owner);
        Assert.True((await Cluster.Grains.App(app.Id).RemoveCollaboratorAsync(friend.Email)).IsOk);

        await ShowsAsync(shown, $"{app.Name} is not here any more");
    }

    [Fact]
    public async Task An_administrator_who_may_see_everything_sees_no_app_that_is_destroyed()
    {
        var (owner, admin) = (await NewAccountAsync(), await NewAccountAsync(isAdmin: true));
        var app = await NewAppAsync(owner);
        var shown = await OpenAsync(typeof(OverviewPage), app, admin);

        CallContext.Act(owner);
        await Cluster.Grains.App(app.Id).DestroyAsync();

        await ShowsAsync(shown, $"{app.Name} is not here any more");
    }

    private async Task<IRenderedComponent<DynamicComponent>> OpenAsync(Type page, AppView app, Actor who)
    {
        SignIn(who);
        var shown = Render<DynamicComponent>(parameters =>
            parameters
                .Add(dynamic => dynamic.Type, page)
                .Add(dynamic => dynamic.Parameters, new Dictionary<string, object> { ["Name"] = app.Name.ToString() })
        );
        await ShowsAsync(shown, $"Pages of {app.Name}");
        return shown;
    }
}
