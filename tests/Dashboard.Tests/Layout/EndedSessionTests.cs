using Bunit;
using Bunit.TestDoubles;
using Microsoft.Extensions.DependencyInjection;
using NeetoDeploy.Dashboard.Layout;
using NeetoDeploy.Dashboard.Tests.Host;
using NeetoDeploy.Grains.Tests.Cluster;

namespace NeetoDeploy.Dashboard.Tests.Layout;

/// <summary>A session that has been ended while one of its pages is open.</summary>
public sealed class EndedSessionTests(ClusterFixture cluster) : PageTests(cluster)
{
    private BunitNavigationManager Navigation => Services.GetRequiredService<BunitNavigationManager>();

    [Fact]
    public async Task An_open_page_goes_to_sign_in_and_from_there_back()
    {
        var authentication = SignIn(await NewAccountAsync());
        Navigation.NavigateTo("account?x=y");
        var shown = Render<Routes>();
        await ShowsAsync(shown, "Sign out everywhere");

        // bUnit says that the person has changed before it refuses them, so that only the second time is seen for certain.
        authentication.SetNotAuthorized();
        authentication.SetNotAuthorized();

        shown.WaitForAssertion(() => Assert.Equal(WayBack("account?x=y"), LastNavigation));
        Assert.DoesNotContain("Sign out everywhere", shown.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_comes_to_life_only_after_its_session_has_ended_goes_to_sign_in()
    {
        SignIn(await NewAccountAsync()).SetNotAuthorized();
        Navigation.NavigateTo("account");

        var shown = Render<Routes>();

        shown.WaitForAssertion(() => Assert.Equal(WayBack("account"), LastNavigation));
    }

    /// <summary>Where the browser is sent, and whether it loads that anew.</summary>
    private (string, bool) LastNavigation => Navigation.History.First() is var last ? (last.Uri, last.Options.ForceLoad) : default;

    private static (string, bool) WayBack(string address) => ($"sign-in?back={Uri.EscapeDataString(address)}", true);
}
