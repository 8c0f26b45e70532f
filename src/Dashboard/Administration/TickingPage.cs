using Microsoft.AspNetCore.Components;
using NeetoDeploy.Dashboard.Live;

namespace NeetoDeploy.Dashboard.Administration;

/// <summary>A part of a page about the whole installation, of which nothing is pushed: it looks again every three seconds.</summary>
public abstract class TickingPage : LeavableComponent
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(3);

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    /// <summary>Reads what the page shows.</summary>
    protected abstract Task LoadAsync();

    protected override async Task OnInitializedAsync()
    {
        await LoadAsync();
        _ = Ticks.RepeatAsync(LookAgain, Clock, () => InvokeAsync(ShowAsync), Leaving);
    }

    private async Task ShowAsync()
    {
        await LoadAsync();
        StateHasChanged();
    }
}
