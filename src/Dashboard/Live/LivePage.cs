using Microsoft.AspNetCore.Components;
using NeetoDeploy.Grains.Interfaces.Access;

namespace NeetoDeploy.Dashboard.Live;

/// <summary>A part of a page that shows something of one app, and shows it anew whenever it has changed.</summary>
public abstract class LivePage : LeavableComponent
{
    [Inject]
    private AppWatch Watch { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

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
        catch (AccessDeniedException)
        {
            // It has been destroyed, or is shared with this person no more: the page will say so.
            Navigation.NavigateTo(Navigation.Uri, forceLoad: true);
        }
    }
}
