using System.Collections.Immutable;
using NeetoDeploy.Dashboard.Access;
using NeetoDeploy.Grains.Interfaces.Installations;

namespace NeetoDeploy.Dashboard.Administration;

/// <summary>How the machine is.</summary>
public sealed partial class Health(Viewer viewer)
{
    private ImmutableArray<Finding>? findings;
    private bool isBusy;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        // Checks take a second or two: the page is there meanwhile.
        if (!firstRender)
            return;
        await CheckAsync();
        StateHasChanged();
    }

    private async Task CheckAsync()
    {
        isBusy = true;
        findings = await viewer.AskAsync(grains => grains.Installation().CheckAsync());
        isBusy = false;
    }

    private static string Word(Finding finding) =>
        finding.Advice is null ? "well"
        : finding.IsHint ? "hint"
        : "wrong";

    private static string Tone(Finding finding) =>
        finding.Advice is null ? "good"
        : finding.IsHint ? "warn"
        : "bad";
}
