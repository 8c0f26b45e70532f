using Bunit;
using NeetoDeploy.Dashboard.Layout;

namespace NeetoDeploy.Dashboard.Tests.Layout;

public sealed class MaskedValueTests : BunitContext
{
    [Theory]
    [InlineData("a")]
    [InlineData("a-long-secret <b>")]
    public void Nothing_of_a_secret_is_in_the_page_until_it_is_to_be_seen(string secret)
    {
        var view = Render<MaskedValue>(parameters => parameters.Add(value => value.Value, secret));
        Assert.Equal("<span class=\"muted\" aria-label=\"hidden\">••••••••</span>", view.Markup.Trim());

        view.Render(parameters => parameters.Add(value => value.IsRevealed, true));
        Assert.Equal(secret, view.Find("code").TextContent);
    }
}
