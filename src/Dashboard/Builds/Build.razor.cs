using Microsoft.AspNetCore.Components;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Core.Releases;
using NeetoDeploy.Dashboard.Access;
using NeetoDeploy.Dashboard.Live;
using NeetoDeploy.Grains.Interfaces.Apps;
using NeetoDeploy.Grains.Interfaces.Builds;
using NeetoDeploy.Grains.Interfaces.Releases;

namespace NeetoDeploy.Dashboard.Builds;

/// <summary>A build: its phases, what it printed and prints, and what came of it.</summary>
public sealed partial class Build(Viewer viewer) : LivePage
{
    private BuildView? build;
    private ReleaseView? release;

    [Parameter, EditorRequired]
    public AppView Of { get; set; } = null!;

    [Parameter, EditorRequired]
    public Guid Id { get; set; }

    protected override AppId App => Of.Id;

    protected override async Task LoadAsync()
    {
        build = await viewer.AskAsync(grains => grains.Build(App, new BuildId(Id)).GetAsync());
        if (build?.Release is { } made && release is not { Status: not ReleaseStatus.Pending })
            release = await viewer.AskAsync(grains => grains.Releases(App).GetAsync(made.ToString()));
    }

    private async Task CancelAsync()
    {
        var reason = CancelReasons.AskedFor(await viewer.RequireAsync());
        await viewer.AskAsync(grains => grains.Build(App, new BuildId(Id)).CancelAsync(reason));
        await LoadAsync();
    }

    private static string Share(TimeSpan duration) =>
        Math.Max(0.001, duration.TotalSeconds).ToString("0.###", System.Globalization.CultureInfo.InvariantCulture);
}
