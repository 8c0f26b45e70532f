using Microsoft.AspNetCore.Components;
using NeetoDeploy.Grains.Interfaces.Access;

namespace NeetoDeploy.Dashboard.Live;

/// <summary>A part of a page that shows something of one app, and shows it anew whenever it has changed.</summary>
public abstract class LivePage : ComponentBase, IAsyncDisposable
{
    private readonly CancellationTokenSource leaving = new();

    [Inject]
    private AppWatch Watch { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    protected LivePage() => Leaving = leaving.Token;

    /// <summary>Cancelled when the page is left, and still there for what has not heard of it yet.</summary>
    protected CancellationToken Leaving { get; }

    /// <summary>Whose page it is.</summary>
    protected abstract AppId App { get; }

    /// <summary>Reads what the page shows.</summary>
    protected abstract Task LoadAsync();

    public virtual async ValueTask DisposeAsync()
    {
        await leaving.CancelAsync();
        leaving.Dispose();
        GC.SuppressFinalize(this);
    }

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
