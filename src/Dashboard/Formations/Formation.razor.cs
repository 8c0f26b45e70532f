using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Components;
using NeetoDeploy.Dashboard.Access;
using NeetoDeploy.Dashboard.Live;
using NeetoDeploy.Grains.Interfaces.Apps;
using NeetoDeploy.Grains.Interfaces.Dynos;
using NeetoDeploy.Grains.Interfaces.Formations;

namespace NeetoDeploy.Dashboard.Formations;

/// <summary>How many dynos of which size run, and how each is.</summary>
public sealed partial class Formation(Viewer viewer) : LivePage
{
    private ImmutableArray<ProcessView> processes = [];
    private ImmutableArray<DynoView> dynos = [];
    private string? mistake;

    [Parameter, EditorRequired]
    public AppView Shown { get; set; } = null!;

    protected override AppId App => Shown.Id;

    protected override async Task LoadAsync()
    {
        processes = await viewer.AskAsync(grains => grains.Formation(App).GetAsync());
        dynos = await viewer.AskAsync(grains => grains.Formation(App).ListDynosAsync());
    }

    private async Task ScaleAsync(ProcessView process, int? quantity, string? size)
    {
        var change = new ScaleChange(process.Type.ToString(), quantity?.ToString(CultureInfo.InvariantCulture), size);
        var answer = await viewer.AskAsync(grains => grains.Formation(App).ScaleAsync([change]));
        mistake = answer.Error?.Message;
        await LoadAsync();
    }

    private async Task RestartAsync(string? selection)
    {
        var answer = await viewer.AskAsync(grains => grains.Formation(App).RestartAsync(selection));
        mistake = answer.Error?.Message;
    }
}
