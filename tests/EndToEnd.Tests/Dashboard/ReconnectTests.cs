using System.Diagnostics;
using Microsoft.Playwright;
using NeetoDeploy.EndToEnd.Tests.Harness;
using static Microsoft.Playwright.Assertions;

namespace NeetoDeploy.EndToEnd.Tests.Dashboard;

/// <summary>A page that is open while the control plane dies.</summary>
[Collection(Killing.Name)]
public sealed class ReconnectTests(KilledBox killed, Browser browser) : IClassFixture<Browser>
{
    private readonly Box box = killed.Box;

    [Fact]
    public async Task A_page_says_that_the_connection_is_lost_and_comes_back_by_itself()
    {
        await using var visit = await browser.SignInAsync(box);
        await using var app = await AppUnderTest.CreateAsync(box, "hello-node");
        Assert.Equal(0, (await app.DeployAsync()).ExitCode);
        await visit.Page.GotoAsync($"/dashboard/apps/{app.Name}/logs");
        var log = visit.Page.GetByRole(AriaRole.Log);
        await Expect(log).ToContainTextAsync("State changed from starting to up");

        using (var silo = Process.GetProcessById(box.Pid("silo")))
            silo.Kill();
        await Expect(visit.Page.Locator("#components-reconnect-modal")).ToBeVisibleAsync();

        // Whoever has made it in time is answered although the control plane is away.
        await app.GetAsync("/after-the-kill");
        await Expect(visit.Page.Locator("#components-reconnect-modal")).ToBeHiddenAsync();
        await Expect(log).ToContainTextAsync("State changed from starting to up");
        await Expect(log).ToContainTextAsync("path=\"/after-the-kill\"");
    }
}
