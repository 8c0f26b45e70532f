using Microsoft.AspNetCore.Components;
using NeetoDeploy.Dashboard.Access;

namespace NeetoDeploy.Dashboard.Accounts;

/// <summary>A new password for the present one.</summary>
public sealed partial class PasswordForm(Viewer viewer, NavigationManager navigation)
{
    private string present = "";
    private string wanted = "";
    private string? mistake;

    private async Task ChangeAsync()
    {
        var changed = await viewer.AskAccountAsync(account => account.SetPasswordAsync(present, wanted));
        mistake = changed.Error?.Message;
        if (changed.IsOk)
            navigation.NavigateTo("sign-in", forceLoad: true);
    }
}
