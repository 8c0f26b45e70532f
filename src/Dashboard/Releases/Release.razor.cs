using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using NeetoDeploy.Core.Releases;
using NeetoDeploy.Dashboard.Access;
using NeetoDeploy.Dashboard.Live;
using NeetoDeploy.Grains.Interfaces.Apps;
using NeetoDeploy.Grains.Interfaces.Builds;
using NeetoDeploy.Grains.Interfaces.Releases;

namespace NeetoDeploy.Dashboard.Releases;

/// <summary>A release: what it runs, and how it differs from the one before.</summary>
public sealed partial class Release(Viewer viewer, Rollback rollback, NavigationManager navigation) : LivePage
{
    private ReleaseView? release;
    private IReadOnlyList<ReleaseDifference> changes = [];
    private bool isBuildKnown;
    private bool seesConfigVars;
    private string? mistake;

    [Parameter, EditorRequired]
    public AppView Of { get; set; } = null!;

    [Parameter, EditorRequired]
    public ReleaseVersion Version { get; set; }

    protected override AppId App => Of.Id;

    private int Number => Version.Number;

    protected override async Task LoadAsync()
    {
        release = await GetAsync(Version);
        if (release is null)
            return;
        var before = new ReleaseVersion(Number - 1);
        var (vars, varsBefore) = (await GetVarsAsync(Version), await GetVarsAsync(before));
        seesConfigVars = vars is not null;
        changes = ReleaseDifference.Between(await GetAsync(before), varsBefore ?? Nothing, release, vars);
        isBuildKnown =
            release.Slug is { } slug && await viewer.TryAskAsync<BuildView>(grains => grains.Build(App, slug.Build).GetAsync()) is not null;
    }

    private static ImmutableSortedDictionary<string, string> Nothing => ImmutableSortedDictionary<string, string>.Empty;

    private Task<ReleaseView?> GetAsync(ReleaseVersion version) =>
        viewer.AskAsync(grains => grains.Releases(App).GetAsync(version.ToString()));

    private Task<ImmutableSortedDictionary<string, string>?> GetVarsAsync(ReleaseVersion version) =>
        viewer.TryAskAsync(grains => grains.Releases(App).GetConfigVarsAsync(version.ToString()));

    private async Task RollBackAsync()
    {
        if (await rollback.AskAsync(Of, release!) is not { } answer)
            return;
        mistake = answer.Error?.Message;
        if (answer.IsOk)
            navigation.NavigateTo($"apps/{Of.Name}/releases/{answer.Value.Version.Number}");
    }

    private static string Word(ReleaseDifference change) => change.Kind.ToString().ToLowerInvariant();
}
