using System.Collections.Immutable;
using NeetoDeploy.Dashboard.Access;
using NeetoDeploy.Grains.Interfaces.Accounts;

namespace NeetoDeploy.Dashboard.Accounts;

/// <summary>Sets an authenticator up, and ends it. Recovery codes are on the page that made them, until something else is done there.</summary>
public sealed partial class SecondFactor(Viewer viewer)
{
    private SecondFactorView? factor;
    private SecondFactorOffer? offer;
    private ImmutableArray<string> codes = [];
    private string code = "";
    private string password = "";
    private string? mistake;

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync() => factor = await viewer.AskAccountAsync(account => account.GetSecondFactorAsync());

    private async Task OfferAsync()
    {
        var offered = await viewer.AskAccountAsync(account => account.OfferSecondFactorAsync());
        (offer, mistake) = (offered.IsOk ? offered.Value : null, offered.Error?.Message);
    }

    private async Task BeginAsync()
    {
        var begun = await viewer.AskAccountAsync(account => account.BeginSecondFactorAsync(code));
        code = "";
        if (begun.IsOk)
            offer = null;
        await ShowAsync(begun);
    }

    private async Task RenewAsync()
    {
        var renewed = await viewer.AskAccountAsync(account => account.RenewRecoveryCodesAsync(password));
        password = "";
        await ShowAsync(renewed);
    }

    private async Task EndAsync()
    {
        var ended = await viewer.AskAccountAsync(account => account.EndSecondFactorAsync(password));
        password = "";
        await ShowAsync(ended.Map(_ => ImmutableArray<string>.Empty));
    }

    private async Task ShowAsync(Result<ImmutableArray<string>> made)
    {
        (codes, mistake) = (made.IsOk ? made.Value : [], made.Error?.Message);
        await LoadAsync();
    }
}
