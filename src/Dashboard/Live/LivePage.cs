using Microsoft.AspNetCore.Components;
using NeetoDeploy.Dashboard.Apps;
using NeetoDeploy.Grains.Interfaces.Access;

namespace NeetoDeploy.Dashboard.Live;

/// <summary>A part of a page that shows something of one app, and shows it anew whenever it has changed.</summary>
public abstract class LivePage : LeavableComponent
{
    [Inject]
    private AppWatch Watch { get; set; } = null!;

    /// <summary>What all pages of an app are in; null outside of one.</summary>
    [CascadingParameter]
    private AppFrame? Frame { get; set; }

    /// <summary>Whose page it is.</summary>
    protected abstract AppId App { get; }

    /// <summary>Reads what the page shows.</summary>
    protected abstract Task LoadAsync();

    protected override async Task OnInitializedAsync()
    {
        await LoadAsync();
        _ = Watch.FollowAsync(App, () => InvokeAsync(ShowAsync), Leaving);
    }

    private async Task ShowAsync()
    {
        try
        {
            await LoadAsync();
            StateHasChanged();
        }
        catch (AccessDeniedException) when (Frame is not null)
        {
            // It has been destroyed, or is shared with this person no more: the frame says so.
            await Frame.LookAsync();
        }
    }
}
