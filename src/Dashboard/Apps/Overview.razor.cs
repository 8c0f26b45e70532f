using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Dashboard.Access;
using NeetoDeploy.Dashboard.Live;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Apps;
using NeetoDeploy.Grains.Interfaces.Builds;
using NeetoDeploy.Grains.Interfaces.Dynos;
using NeetoDeploy.Grains.Interfaces.Installations;
using NeetoDeploy.Grains.Interfaces.Releases;

namespace NeetoDeploy.Dashboard.Apps;

/// <summary>An app at a glance.</summary>
public sealed partial class Overview(Viewer viewer, InstallationView installation) : LivePage
{
    private const int Latest = 8;

    private AppView? newest;
    private ImmutableArray<DynoView> dynos = [];
    private ImmutableArray<ReleaseView> releases = [];
    private ImmutableArray<BuildView> builds = [];
    private ImmutableArray<BuildView> underWay = [];
    private string? mistake;

    [Parameter, EditorRequired]
    public AppView Shown { get; set; } = null!;

    protected override AppId App => Shown.Id;

    private InstallationView Installation => installation;

    private AppView Seen => newest ?? Shown;

    private ReleaseView? Current => releases.FirstOrDefault(release => release.IsCurrent);

    private string Url => $"http://{Seen.Name}.{installation.AppsAuthority}/";

    protected override async Task LoadAsync()
    {
        newest = await viewer.AskAsync(grains => grains.App(App).GetAsync());
        dynos = await viewer.AskAsync(grains => grains.Formation(App).ListDynosAsync());
        var all = await viewer.AskAsync(grains => grains.Releases(App).ListAsync());
        releases = [.. all.Reverse().Take(Latest)];
        if (releases.All(release => !release.IsCurrent) && all.FirstOrDefault(release => release.IsCurrent) is { } older)
            releases = releases.Add(older);
        builds = (await viewer.AskAsync(grains => grains.App(App).ListBuildsAsync(PageRange.Newest(Latest)))).Rows;
        underWay = [.. await Task.WhenAll(builds.Where(build => !build.Status.IsEnd()).Select(FollowAsync))];
    }

    /// <summary>As the build itself tells it: the list does not have its phases.</summary>
    private async Task<BuildView> FollowAsync(BuildView listed) =>
        await viewer.AskAsync(grains => grains.Build(App, listed.Id).GetAsync()) ?? listed;

    private async Task RestartAsync() =>
        mistake = (await viewer.AskAsync(grains => grains.Formation(App).RestartAsync(null))).Error?.Message;

    private async Task MaintainAsync(bool isOn)
    {
        var answer = await viewer.AskAsync(grains => grains.App(App).SetMaintenanceAsync(isOn));
        mistake = answer.Error?.Message;
        newest = answer.IsOk ? answer.Value : newest;
    }
}
