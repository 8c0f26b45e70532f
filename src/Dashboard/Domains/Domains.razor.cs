using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using NeetoDeploy.Dashboard.Access;
using NeetoDeploy.Dashboard.Live;
using NeetoDeploy.Grains.Interfaces.Apps;
using NeetoDeploy.Grains.Interfaces.Installations;

namespace NeetoDeploy.Dashboard.Domains;

/// <summary>The host names that lead to an app, and where each must point to.</summary>
public sealed partial class Domains(Viewer viewer, InstallationView installation) : LivePage
{
    private ImmutableArray<DomainView> domains = [];
    private string added = "";
    private string? mistake;

    [Parameter, EditorRequired]
    public AppView Shown { get; set; } = null!;

    protected override AppId App => Shown.Id;

    /// <summary>The name that every app has is what its other names point to.</summary>
    private string? Target => domains.FirstOrDefault(domain => domain.IsDefault)?.Host;

    private string Port => installation.AppsAuthority.IndexOf(':') is >= 0 and var colon ? installation.AppsAuthority[colon..] : "";

    protected override async Task LoadAsync() => domains = await viewer.AskAsync(grains => grains.App(App).ListDomainsAsync());

    private async Task AddAsync()
    {
        var answer = await viewer.AskAsync(grains => grains.App(App).AddDomainAsync(added.Trim()));
        mistake = answer.Error?.Message;
        if (answer.IsOk)
            added = "";
        await LoadAsync();
    }

    private async Task RemoveAsync(DomainView domain)
    {
        var answer = await viewer.AskAsync(grains => grains.App(App).RemoveDomainAsync(domain.Host));
        mistake = answer.Error?.Message;
        await LoadAsync();
    }
}
