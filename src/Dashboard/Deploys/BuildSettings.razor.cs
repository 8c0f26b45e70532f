using Microsoft.AspNetCore.Components;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Dashboard.Access;
using NeetoDeploy.Dashboard.Live;
using NeetoDeploy.Grains.Interfaces.Apps;
using NeetoDeploy.Grains.Interfaces.Installations;

namespace NeetoDeploy.Dashboard.Deploys;

/// <summary>What the next build of an app is made with.</summary>
public sealed partial class BuildSettings(Viewer viewer, InstallationView installation) : LivePage
{
    private AppView? newest;
    private string? mistake;
    private bool isPurged;

    [Parameter, EditorRequired]
    public AppView Shown { get; set; } = null!;

    protected override AppId App => Shown.Id;

    private AppView Seen => newest ?? Shown;

    /// <summary>An app may have a stack that the operator has taken away since.</summary>
    private IEnumerable<string> Stacks => installation.Stacks.Union([Seen.BuildStack]);

    protected override async Task LoadAsync() => newest = await viewer.AskAsync(grains => grains.App(App).GetAsync());

    private async Task SetStackAsync(string stack) => Show(await viewer.AskAsync(grains => grains.App(App).SetStackAsync(stack)));

    private async Task SetBuildpacksAsync(IReadOnlyList<BuildpackRef> buildpacks) =>
        Show(await viewer.AskAsync(grains => grains.App(App).SetBuildpacksAsync([.. buildpacks])));

    private void Show(Result<AppView> answer)
    {
        mistake = answer.Error?.Message;
        if (answer.IsOk)
            newest = answer.Value;
    }

    private async Task PurgeAsync()
    {
        var answer = await viewer.AskAsync(grains => grains.App(App).PurgeBuildCacheAsync());
        (mistake, isPurged) = (answer.Error?.Message, answer.IsOk);
    }
}
