using System.Collections.Immutable;
using NeetoDeploy.Dashboard.Access;
using NeetoDeploy.Grains.Interfaces.Accounts;

namespace NeetoDeploy.Dashboard.Accounts;

/// <summary>A person's tokens. The secret of one is on the page that made it, until something else is done there.</summary>
public sealed partial class Tokens(Viewer viewer, TimeProvider time)
{
    private ImmutableArray<TokenView> tokens = [];
    private TokenView? made;
    private string description = "";
    private int? days = 30;
    private string? mistake;

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync() =>
        tokens = [.. (await viewer.AskAccountAsync(account => account.ListTokensAsync())).OrderByDescending(token => token.CreatedAt)];

    private async Task CreateAsync()
    {
        TimeSpan? lifetime = days is { } some ? TimeSpan.FromDays(some) : null;
        var created = await viewer.AskAccountAsync(account => account.CreateTokenAsync(description.Trim(), lifetime));
        (made, mistake) = (created.IsOk ? created.Value : null, created.Error?.Message);
        if (created.IsOk)
            description = "";
        await LoadAsync();
    }

    private async Task RevokeAsync(TokenView token)
    {
        // One that has been revoked meanwhile is as good.
        await viewer.AskAccountAsync(account => account.RevokeTokenAsync(token.Id));
        made = made?.Id == token.Id ? null : made;
        await LoadAsync();
    }

    private string EndOf(TokenView token) =>
        token.ExpiresAt is not { } end ? "never"
        : end <= time.GetUtcNow() ? "has ended"
        : $"{end:yyyy-MM-dd}";
}
