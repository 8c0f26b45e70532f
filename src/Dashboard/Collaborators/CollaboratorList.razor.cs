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
    private bool mayShare;
    private string email = "";
    private string? mistake;

    [Parameter, EditorRequired]
    public AppView Shown { get; set; } = null!;

    protected override AppId App => Shown.Id;

    protected override async Task LoadAsync()
    {
        rows = await viewer.AskAsync(grains => grains.App(App).ListCollaboratorsAsync());
        var actor = await viewer.RequireAsync();
        var own = rows.FirstOrDefault(row => row.Account.Id == actor.Id)?.Role ?? AppRole.None;
        mayShare = AccessPolicy.Allows(actor, own, AppAction.Administer);
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
