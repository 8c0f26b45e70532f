using System.Net;
using Microsoft.Playwright;
using NeetoDeploy.EndToEnd.Tests.Harness;
using static Microsoft.Playwright.Assertions;

namespace NeetoDeploy.EndToEnd.Tests.Dashboard;

/// <summary>What a person does with their own account.</summary>
public sealed class AccountTests(SharedBox shared, Browser browser) : IClassFixture<Browser>
{
    private readonly Box box = shared.Box;

    [Fact]
    public async Task Sessions_are_seen_and_ended_and_a_tokens_secret_is_shown_once()
    {
        await using var other = await browser.SignInAsync(box, "Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/145.0");
        await using var visit = await browser.SignInAsync(box);
        var page = visit.Page;
        await page.Locator("header .account").ClickAsync();
        var sessions = page.Locator("section", new() { HasText = "Sign out everywhere" });
        await Expect(sessions.GetByText("this one")).ToHaveCountAsync(1);

        await sessions.GetByRole(AriaRole.Button, new() { Name = "End the session of Firefox on Windows" }).ClickAsync();
        await Expect(sessions.GetByText("Firefox on Windows")).ToHaveCountAsync(0);
        await other.Page.GotoAsync("/dashboard/account");
        await Expect(other.Page).ToHaveTitleAsync("Sign in · NeetoDeploy");

        await page.GetByLabel("What the token is for").FillAsync("<i>CI</i>");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create a token" }).ClickAsync();
        var secret = (await page.Locator("#made-token").TextContentAsync())!;
        await visit.ShootAsync("account");
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(secret));
        await page.Locator("header .brand").ClickAsync();
        await page.Locator("header .account").ClickAsync();
        var row = page.Locator("tr", new() { HasText = "<i>CI</i>" });
        await Expect(row).ToBeVisibleAsync();
        await Expect(page.GetByText(secret)).ToHaveCountAsync(0);

        await row.GetByRole(AriaRole.Button).ClickAsync();
        await row.GetByRole(AriaRole.Button, new() { Name = "Revoke it?" }).ClickAsync();
        await Expect(row).ToHaveCountAsync(0);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(secret));
        Assert.Empty(visit.Complaints);
    }

    private async Task<HttpStatusCode> StatusAsync(string token)
    {
        using var api = box.NewApi(token);
        using var answer = await api.GetAsync(new Uri("/account", UriKind.Relative), TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
