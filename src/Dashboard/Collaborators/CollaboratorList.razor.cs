using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using NeetoDeploy.Core.Access;
using NeetoDeploy.Dashboard.Access;
using NeetoDeploy.Dashboard.Live;
using NeetoDeploy.Grains.Interfaces.Apps;

namespace NeetoDeploy.Dashboard.Collaborators;

/// <summary>With whom an app is shared.</summary>
public sealed partial class CollaboratorList(Viewer viewer) : LivePage
{
    private ImmutableArray<CollaboratorView> rows = [];
    private string email = "";
    private string? mistake;

    [Parameter, EditorRequired]
    public AppView Shown { get; set; } = null!;

    /// <summary>What whoever looks is to the app.</summary>
    [CascadingParameter]
    private AppRole Role { get; set; }

    protected override AppId App => Shown.Id;

    protected override async Task LoadAsync()
    {
        rows = await viewer.AskAsync(grains => grains.App(App).ListCollaboratorsAsync());
    }

    private static string RoleOf(CollaboratorView row) => row.Role.ToString().ToLowerInvariant();

    private async Task AddAsync()
    {
        var added = await viewer.AskAsync(grains => grains.App(App).AddCollaboratorAsync(email.Trim().ToLowerInvariant()));
        if (added.IsOk)
            email = "";
        await ShowAsync(added);
    }

    private async Task RemoveAsync(CollaboratorView row) =>
        await ShowAsync(await viewer.AskAsync(grains => grains.App(App).RemoveCollaboratorAsync(row.Account.Email)));

    private async Task ShowAsync(Result<CollaboratorView> answer)
    {
        mistake = answer.Error?.Message;
        await LoadAsync();
    }
}
