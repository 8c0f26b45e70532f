using MudBlazor;
using NeetoDeploy.Dashboard.Access;
using NeetoDeploy.Grains.Interfaces.Apps;
using NeetoDeploy.Grains.Interfaces.Releases;

namespace NeetoDeploy.Dashboard.Releases;

/// <summary>Going back to an earlier release, once the person has seen what that changes.</summary>
public sealed class Rollback(Viewer viewer, IDialogService dialogs)
{
    /// <summary>The new release; null when the person thought better of it.</summary>
    public async Task<Result<ReleaseView>?> AskAsync(AppView app, ReleaseView to)
    {
        var parameters = new DialogParameters<RollbackDialog> { { dialog => dialog.App, app }, { dialog => dialog.To, to } };
        var dialog = await dialogs.ShowAsync<RollbackDialog>(
            $"Roll back to {to.Version}?",
            parameters,
            new DialogOptions { FullWidth = true, MaxWidth = MaxWidth.Small }
        );
        return await dialog.Result is { Canceled: false }
            ? await viewer.AskAsync(grains => grains.Releases(app.Id).RollbackAsync(to.Version.ToString()))
            : null;
    }
}
