using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace NeetoDeploy.Dashboard.Layout;

/// <summary>What a page keeps in its own address, such as filters.</summary>
public sealed class AddressBar(NavigationManager navigation, IJSRuntime js)
{
    /// <summary>
    /// Gives the page that is shown another address, in place of the one it has. The browser decides: where its reader has left the page meanwhile, which the server
    /// has not heard of yet, it stays left.
    /// </summary>
    public async Task ReplaceAsync(string address)
    {
        try
        {
            await js.InvokeVoidAsync("neeto.replace", new Uri(navigation.Uri).AbsolutePath, navigation.ToAbsoluteUri(address).AbsoluteUri);
        }
        catch (JSDisconnectedException)
        {
            // There is no browser any more.
        }
    }

    /// <summary>Likewise, with one parameter of the query changed.</summary>
    /// <param name="value">Null: without it.</param>
    public Task ReplaceAsync(string parameter, string? value) => ReplaceAsync(navigation.GetUriWithQueryParameter(parameter, value));
}
