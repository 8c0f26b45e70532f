using System.Net;
using Microsoft.AspNetCore.Components;
using NeetoDeploy.Dashboard.Access;
using NeetoDeploy.Grains.Interfaces.Accounts;

namespace NeetoDeploy.Dashboard.Accounts;

/// <summary>
/// A person lets a program sign in as them. Only a click in this page's own circuit consents: no address does, and no other site can frame the page or speak to
/// its circuit.
/// </summary>
public sealed partial class LoginPage(Viewer viewer)
{
    private LoginView? login;
    private string? email;
    private bool hasApproved;
    private string? mistake;

    [Parameter]
    public Guid Id { get; set; }

    private string From =>
        IPAddress.TryParse(login!.From, out var address) && IPAddress.IsLoopback(address)
            ? $"{login.From}: the installation's own machine, or a tunnel to it"
            : login.From;

    protected override async Task OnInitializedAsync()
    {
        login = await viewer.AskAsync(grains => grains.Login(Id).GetAsync());
        email = (await viewer.RequireAsync()).Email;
    }

    private async Task ApproveAsync()
    {
        var approved = await viewer.AskAsync(grains => grains.Login(Id).ApproveAsync());
        (hasApproved, mistake, login) = (approved.IsOk, approved.Error?.Message, null);
    }
}
