using System.Text.RegularExpressions;
using Microsoft.Playwright;
using NeetoDeploy.EndToEnd.Tests.Harness;
using static Microsoft.Playwright.Assertions;

namespace NeetoDeploy.EndToEnd.Tests.Dashboard;

/// <summary>The list of apps, in a real browser.</summary>
public sealed class AppListTests(SharedBox shared, Browser browser) : IClassFixture<Browser>
{
    private readonly Box box = shared.Box;

    [Fact]
    public async Task The_list_shows_what_happens_to_apps_and_finds_them_by_what_the_address_says()
    {
        await using var visit = await browser.SignInAsync(box);
        var page = visit.Page;
        ILocator row;

        // Nobody loads the page again from here on: what happens is pushed to it.
        await using (var app = await AppUnderTest.CreateAsync(box))
        {
            row = page.Locator(".apps tr", new() { HasText = app.Name });
            await Expect(row.Locator(".chip")).ToHaveTextAsync("new");
            await page.Locator("#search").FillAsync(app.Name[4..]);

            await row.GetByRole(AriaRole.Button, new() { Name = $"Favourite: {app.Name}" }).ClickAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Favourites" }).First.ClickAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "new", Exact = true }).ClickAsync();
            await Expect(page).ToHaveURLAsync(new Regex(Regex.Escape($"/dashboard/?text={app.Name[4..]}&favourites=true&state=new") + "$"));
            await Expect(row).ToBeVisibleAsync();
            await visit.ShootAsync("favourites");

            await page.ReloadAsync();
            await Expect(row.Locator(".star")).ToHaveAttributeAsync("aria-pressed", "true");
            await page.GetByRole(AriaRole.Button, new() { Name = "crashed", Exact = true }).ClickAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "new", Exact = true }).ClickAsync();
            await Expect(page.GetByText("No app is like that.")).ToBeVisibleAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Show all apps" }).ClickAsync();
            await Expect(row).ToBeVisibleAsync();
        }
        await Expect(row).ToHaveCountAsync(0);
        Assert.Empty(visit.Complaints);
    }
}
