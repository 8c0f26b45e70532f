using System.Text.RegularExpressions;
using Microsoft.Playwright;
using NeetoDeploy.EndToEnd.Tests.Harness;
using OtpNet;
using static Microsoft.Playwright.Assertions;

namespace NeetoDeploy.EndToEnd.Tests.Dashboard;

/// <summary>Two people at two browsers: one invites, the other comes.</summary>
public sealed class TeamTests(SharedBox shared, Browser browser) : IClassFixture<Browser>
{
    private const string Guest = "guest@example.com";
    private readonly Box box = shared.Box;
    private readonly string team = $"t{Guid.NewGuid():N}"[..12];

    [Fact]
    public async Task Who_is_invited_makes_an_account_sees_what_the_role_allows_and_signs_in_with_a_second_factor()
    {
        await using var app = await AppUnderTest.CreateAsync(box);
        await using var owner = await browser.SignInAsync(box);
        var link = await InviteAsync(owner);
        await GiveAsync(owner.Page, app.Name);
        await owner.ShootAsync("access");
        await owner.Page.Locator("header").GetByText("Teams").ClickAsync();
        await Expect(owner.Page.GetByRole(AriaRole.Link, new() { Name = team })).ToBeVisibleAsync();
        await owner.ShootAsync("teams");

        await using var guest = await browser.VisitAsync(box);
        await guest.Page.GotoAsync(link);
        await guest.ShootAsync("join");
        await guest.Page.GetByLabel("New password").FillAsync(Browser.Password);
        await guest.Page.Locator("button.primary").ClickAsync();
        await Expect(guest.Page.Locator("tr", new() { HasText = Guest })).ToContainTextAsync("viewer");
        await guest.Page.GetByRole(AriaRole.Link, new() { Name = app.Name }).ClickAsync();
        await guest.Page.Locator("nav.tabs").GetByText("Resources").ClickAsync();
        await Expect(guest.Page.GetByRole(AriaRole.Button, new() { Name = "Restart all" })).ToBeDisabledAsync();
        await guest.Page.Locator("nav.tabs").GetByText("Settings").ClickAsync();
        await Expect(guest.Page.GetByText("see no config vars")).ToBeVisibleAsync();
        await guest.ShootAsync("viewer");
        await guest.Page.Locator("header .brand").ClickAsync();
        await guest.Page.GetByRole(AriaRole.Button, new() { Name = team, Exact = true }).ClickAsync();
        await Expect(guest.Page).ToHaveURLAsync(new Regex($"team={team}$"));
        await Expect(guest.Page.GetByRole(AriaRole.Link, new() { Name = app.Name })).ToBeVisibleAsync();
        await guest.ShootAsync("team-apps");

        await SignInWithCodeAsync(guest.Page);
        Assert.Empty(guest.Complaints);
        Assert.Empty(owner.Complaints);
    }

    private async Task<string> InviteAsync(Visit owner)
    {
        var page = owner.Page;
        await page.Locator("header").GetByText("Teams").ClickAsync();
        await page.GetByLabel("Name of the new team").FillAsync(team);
        await page.GetByRole(AriaRole.Button, new() { Name = "Create" }).ClickAsync();
        await page.GetByLabel("E-mail address of whom to invite").FillAsync(Guest);
        await page.GetByLabel("Role of whom to invite").SelectOptionAsync("Viewer");
        await page.GetByRole(AriaRole.Button, new() { Name = "Invite" }).ClickAsync();
        var link = await page.Locator("#invitation-link").TextContentAsync();
        await owner.ShootAsync("team");
        return link!;
    }

    private async Task GiveAsync(IPage page, string app)
    {
        // From page to page within the circuit: one that is loaded anew takes no clicks for a moment.
        await page.Locator("header .brand").ClickAsync();
        await page.Locator("#search").FillAsync(app);
        await page.GetByRole(AriaRole.Link, new() { Name = app }).ClickAsync();
        await page.Locator("nav.tabs").GetByText("Access").ClickAsync();
        await page.GetByLabel("Whom to give the app to").SelectOptionAsync(team);
        await page.GetByRole(AriaRole.Button, new() { Name = "Give the app away" }).ClickAsync();
        await Expect(page.GetByText("whoever is in it has access")).ToBeVisibleAsync();
    }

    private static async Task SignInWithCodeAsync(IPage page)
    {
        await page.Locator("header .account").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Set up" }).ClickAsync();
        var key = Base32Encoding.ToBytes(await page.Locator("#authenticator-key").TextContentAsync());
        await page.GetByLabel("Code that the authenticator shows").FillAsync(new Totp(key).ComputeTotp());
        await page.GetByRole(AriaRole.Button, new() { Name = "Turn on" }).ClickAsync();
        var recovery = (await page.Locator("#recovery-codes").TextContentAsync())!.Split('\n');

        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out", Exact = true }).ClickAsync();
        await page.GetByLabel("E-mail").FillAsync(Guest);
        await page.GetByLabel("Password").FillAsync(Browser.Password);
        await page.Locator("button.primary").ClickAsync();
        await page.GetByLabel("Code").FillAsync("wrong");
        await page.Locator("button.primary").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("This code is wrong");
        await page.GetByLabel("Code").FillAsync(recovery[0]);
        await page.Locator("button.primary").ClickAsync();
        await Expect(page).ToHaveTitleAsync("Apps · NeetoDeploy");
    }
}
