using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using NeetoDeploy.Dashboard.Access;
using NeetoDeploy.Dashboard.Live;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Apps;
using NeetoDeploy.Grains.Interfaces.Builds;
using NeetoDeploy.Grains.Interfaces.Releases;

namespace NeetoDeploy.Dashboard.Releases;

/// <summary>All that was built and released lately; one can go back to a release.</summary>
public sealed partial class Activity(Viewer viewer, Rollback rollback) : LivePage
{
    private const int Latest = 50;

    private ImmutableArray<ReleaseView> releases = [];
    private ImmutableArray<BuildView> builds = [];
    private string? mistake;

    [Parameter, EditorRequired]
    public AppView Shown { get; set; } = null!;

    protected override AppId App => Shown.Id;

    protected override async Task LoadAsync()
    {
        releases = [.. (await viewer.AskAsync(grains => grains.Releases(App).ListAsync())).Reverse().Take(Latest)];
        builds = (await viewer.AskAsync(grains => grains.App(App).ListBuildsAsync(PageRange.Newest(Latest)))).Rows;
    }

    private async Task AskAsync(ReleaseView release)
    {
        if (await rollback.AskAsync(Shown, release) is not { } answer)
            return;
        mistake = answer.Error?.Message;
        await LoadAsync();
    }
}
