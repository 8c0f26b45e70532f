using System.Collections.Immutable;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Dashboard.Access;
using NeetoDeploy.Grains.Interfaces.Accounts;

namespace NeetoDeploy.Dashboard.Administration;

/// <summary>Everybody who has an account, and what they may do.</summary>
public sealed partial class People(Viewer viewer)
{
    private ImmutableArray<AccountView> people = [];
    private string self = "";
    private string email = "";
    private string first = "";
    private bool asAdmin;
    private string? resetting;
    private string password = "";
    private string? mistake;
    private string? done;

    protected override async Task OnInitializedAsync()
    {
        self = (await viewer.RequireAsync()).Email;
        await LoadAsync();
    }

    private async Task LoadAsync() => people = await viewer.AskAsync(grains => grains.Installation().ListAccountsAsync());

    private async Task SetAdminAsync(AccountView person)
    {
        var answer = await viewer.AskAsync(grains => grains.Account(person.Email).SetAdminAsync(!person.IsAdmin));
        await ShowAsync(
            answer.Error,
            $"{person.Email} is {(person.IsAdmin ? "no longer" : "now")} an administrator, and has to sign in again."
        );
    }

    private async Task SetActiveAsync(AccountView person)
    {
        var answer = await viewer.AskAsync(grains => grains.Account(person.Email).SetActiveAsync(!person.IsActive));
        await ShowAsync(
            answer.Error,
            person.IsActive
                ? $"{person.Email} can sign in no more; tokens and sessions have ended. Apps go on."
                : $"{person.Email} can sign in again."
        );
    }

    private async Task ResetAsync(AccountView person)
    {
        var answer = await viewer.AskAsync(grains => grains.Account(person.Email).SetPasswordAsync(null, password));
        password = "";
        if (answer.IsOk)
            resetting = null;
        await ShowAsync(answer.Error, $"{person.Email} has a new password.");
    }

    private async Task CreateAsync()
    {
        var address = email.Trim().ToLowerInvariant();
        // Before the account is made: one without a password could not sign in.
        if ((EmailAddress.Refuse(address) ?? PasswordRules.Refuse(first)) is { } refused)
        {
            mistake = refused.Message;
            return;
        }
        var created = await viewer.AskAsync(grains => grains.Account(address).CreateAsync(asAdmin));
        var error = created.Error ?? (await viewer.AskAsync(grains => grains.Account(address).SetPasswordAsync(null, first))).Error;
        if (error is null)
            (email, first, asAdmin) = ("", "", false);
        await ShowAsync(error, $"{address} can sign in now.");
    }

    private async Task ShowAsync(Error? error, string otherwise)
    {
        (mistake, done) = (error?.Message, error is null ? otherwise : null);
        await LoadAsync();
    }
}
