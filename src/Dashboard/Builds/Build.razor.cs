using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Dashboard.Access;
using NeetoDeploy.Dashboard.Live;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Interfaces.Apps;
using NeetoDeploy.Grains.Interfaces.Builds;

namespace NeetoDeploy.Dashboard.Builds;

/// <summary>A build: its phases, what it printed and prints, and what came of it.</summary>
public sealed partial class Build(Viewer viewer, IGrainFactory grains, IJSRuntime js) : LivePage
{
    private readonly OutputText output = new();
    private ElementReference view;
    private BuildView? build;
    private bool isFollowed;

    [Parameter, EditorRequired]
    public AppView Of { get; set; } = null!;

    [Parameter, EditorRequired]
    public Guid Id { get; set; }

    protected override AppId App => Of.Id;

    protected override async Task LoadAsync() => build = await viewer.AskAsync(grains => grains.Build(App, new BuildId(Id)).GetAsync());

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (build is null || isFollowed)
            return;
        isFollowed = true;
        await js.InvokeVoidAsync("neeto.follow", view);
        _ = ReadAsync(build);
    }

    // Who may see the build may see what it printed; reading it is the platform's own.
    private async Task ReadAsync(BuildView seen)
    {
        CallContext.Act(Actor.Platform);
        var stream = grains.Output(seen.Output);
        for (var (offset, isEnd) = (0L, false); !isEnd && !Leaving.IsCancellationRequested; )
        {
            try
            {
                var chunk = await stream.ReadAsync(offset);
                (offset, isEnd) = (offset + chunk.Bytes.Length, chunk.IsEnd);
                if (chunk.Bytes.Length > 0)
                    await InvokeAsync(() => Show(chunk.Bytes));
            }
            catch (Exception e) when (e is OrleansException or TimeoutException)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), Leaving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private void Show(byte[] bytes)
    {
        output.Add(bytes);
        StateHasChanged();
    }

    private async Task CancelAsync()
    {
        await viewer.AskAsync(grains => grains.Build(App, new BuildId(Id)).CancelAsync("cancelled in the dashboard"));
        await LoadAsync();
    }

    private string Share(TimeSpan duration) =>
        Math.Max(0.001, duration.TotalSeconds).ToString("0.###", System.Globalization.CultureInfo.InvariantCulture);
}
