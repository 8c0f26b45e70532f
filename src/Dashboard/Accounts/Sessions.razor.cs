using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using NeetoDeploy.Dashboard.Access;
using NeetoDeploy.Grains.Interfaces.Accounts;

namespace NeetoDeploy.Dashboard.Accounts;

/// <summary>The browsers in which a person is signed in.</summary>
public sealed partial class Sessions(Viewer viewer, NavigationManager navigation)
{
    private ImmutableArray<TokenView> sessions = [];
    private Guid? own;

    protected override async Task OnInitializedAsync()
    {
        own = await viewer.FindSessionAsync();
        await LoadAsync();
    }

    private async Task LoadAsync() =>
        sessions = [
            .. (await viewer.AskAccountAsync(account => account.ListSessionsAsync())).OrderByDescending(session => session.CreatedAt),
        ];

    private async Task EndAsync(TokenView session)
    {
        // One that has ended meanwhile is as good.
        await viewer.AskAccountAsync(account => account.RevokeTokenAsync(session.Id));
        await LoadAsync();
    }

    private async Task SignOutEverywhereAsync()
    {
        await viewer.AskAccountAsync(async account =>
        {
            await account.SignOutEverywhereAsync();
            return true;
        });
        navigation.NavigateTo("sign-in", forceLoad: true);
    }
}
