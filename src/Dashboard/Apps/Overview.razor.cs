using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using NeetoDeploy.Dashboard.Access;
using NeetoDeploy.Dashboard.Live;
using NeetoDeploy.Grains.Interfaces.Apps;
using NeetoDeploy.Grains.Interfaces.Builds;
using NeetoDeploy.Grains.Interfaces.Dynos;
using NeetoDeploy.Grains.Interfaces.Releases;

namespace NeetoDeploy.Dashboard.Apps;

/// <summary>An app at a glance.</summary>
public sealed partial class Overview(Viewer viewer, IReadModel lists, DashboardOptions options) : LivePage
{
    private const int Latest = 8;

    private AppView? newest;
    private ImmutableArray<DynoView> dynos = [];
    private ImmutableArray<ReleaseView> releases = [];
    private ImmutableArray<BuildView> builds = [];

    [Parameter, EditorRequired]
    public AppView Shown { get; set; } = null!;

    protected override AppId App => Shown.Id;

    private DashboardOptions Options => options;

    private AppView Seen => newest ?? Shown;

    private ReleaseView? Current => releases.FirstOrDefault(release => release.IsCurrent);

    private string Url => $"http://{Seen.Name}.{options.AppsAuthority}/";

    protected override async Task LoadAsync()
    {
        newest = await viewer.AskAsync(grains => grains.App(App).GetAsync());
        dynos = await viewer.AskAsync(grains => grains.Formation(App).ListDynosAsync());
        var all = await viewer.AskAsync(grains => grains.Releases(App).ListAsync());
        releases = [.. all.Reverse().Take(Latest)];
        if (releases.All(release => !release.IsCurrent) && all.FirstOrDefault(release => release.IsCurrent) is { } older)
            releases = releases.Add(older);
        builds = (await lists.ListBuildsAsync(App, new PageRange("created_at", null, false, null, Latest, Descending: true), Leaving)).Rows;
    }
}
