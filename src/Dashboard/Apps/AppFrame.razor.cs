using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using NeetoDeploy.Core.Access;
using NeetoDeploy.Dashboard.Access;
using NeetoDeploy.Dashboard.Live;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Apps;

namespace NeetoDeploy.Dashboard.Apps;

/// <summary>What every page of an app is in. It sees when the app ends, or when whoever looks may do less than before, whatever the page shows.</summary>
public sealed partial class AppFrame(Viewer viewer, AppWatch watch, IJSRuntime js)
{
    /// <summary>With the key that leads there after <c>g</c>.</summary>
    private static readonly (string Word, string Path, char Key)[] Tabs =
    [
        ("Overview", "", 'o'),
        ("Resources", "/resources", 'r'),
        ("Deploy", "/deploy", 'd'),
        ("Activity", "/activity", 'a'),
        ("Logs", "/logs", 'l'),
        ("Metrics", "/metrics", 'm'),
        ("Console", "/console", 'c'),
        ("Access", "/access", 'p'),
        ("Settings", "/settings", 's'),
    ];

    private ElementReference tabs;
    private AppView? app;
    private AppRole role;
    private bool isMissing;
    private bool isGone;
    private bool isReached;
    private ImmutableArray<AppId> favourites = [];

    [Parameter, EditorRequired]
    public string Name { get; set; } = "";

    /// <summary>The page that this is.</summary>
    [Parameter, EditorRequired]
    public string Tab { get; set; } = "";

    [Parameter, EditorRequired]
    public RenderFragment<AppView> ChildContent { get; set; } = null!;

    /// <summary>Sees whether the app is still there for whoever looks, and shows what they may do with it now.</summary>
    public async Task LookAsync()
    {
        var (before, now) = ((app!.Name, role, isGone), await FindAsync(app.Id));
        isGone = now is null;
        if (now is not null)
            (app, role) = (now.App, now.Role);
        if (before != (app.Name, role, isGone))
            StateHasChanged();
    }

    protected override async Task OnInitializedAsync()
    {
        var me = await viewer.RequireAsync();
        favourites = await viewer.AskAsync(grains => grains.Favourites(me.Id).ListAsync());
        var found = await viewer.FindAppAsync(Name) is { Id: var id } ? await FindAsync(id) : null;
        isMissing = found is null;
        if (found is null)
            return;
        (app, role) = (found.App, found.Role);
        if (RendererInfo.IsInteractive)
            _ = watch.FollowRowAsync(app.Id, () => InvokeAsync(LookAsync), Leaving);
    }

    /// <summary>On a telephone the tab of this page may be out of sight.</summary>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (isReached || app is null || isGone)
            return;
        isReached = true;
        await js.InvokeVoidAsync("neeto.reach", Leaving, tabs);
    }

    private Task<SeenApp?> FindAsync(AppId id) =>
        viewer.TryAskAsync(async grains =>
            await grains.App(id).GetAsync() is { } found ? new SeenApp(found, await grains.App(id).GetOwnRoleAsync()) : null
        );

    private sealed record SeenApp(AppView App, AppRole Role);
}
