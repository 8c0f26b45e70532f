using Microsoft.Playwright;
using NeetoDeploy.EndToEnd.Tests.Harness;
using static Microsoft.Playwright.Assertions;

namespace NeetoDeploy.EndToEnd.Tests.Dashboard;

/// <summary>More lines than anybody reads, in a real browser.</summary>
public sealed class ManyLinesTests(SharedBox shared, Browser browser) : IClassFixture<Browser>
{
    private readonly Box box = shared.Box;

    [Fact]
    public async Task A_hundred_thousand_lines_that_come_at_once_are_all_there_and_filtered()
    {
        await using var visit = await browser.SignInAsync(box);
        var page = visit.Page;
        await using var app = await AppUnderTest.CreateAsync(box);
        app.Write("Procfile", "worker: node print.js");
        app.Write(
            "package.json",
            """{ "name": "wordy", "version": "1.0.0", "engines": { "node": "24.x" }, "scripts": { "build": "node print.js" } }"""
        );
        app.Write("print.js", "console.log(Array.from({ length: 100_000 }, (_, i) => `row ${i}`).join('\\n'));");
        await page.GotoAsync($"/dashboard/apps/{app.Name}/logs");
        await Expect(page.GetByText("live", new() { Exact = true })).ToBeVisibleAsync();

        // What dynos write is throttled; what a build says is not. Its end is of no interest.
        await app.StartBuildAsync();

        var log = page.GetByRole(AriaRole.Log);
        await FilterAsync(page, @"/^ *row \d+$/");
        await Expect(log).ToHaveAttributeAsync("data-to", "100000");
        await Expect(log.Locator(".line").Last).ToContainTextAsync("row 99999");
        await FilterAsync(page, "row 4242");
        await Expect(log.Locator(".line")).ToHaveCountAsync(11);
        await FilterAsync(page, "row 100000");
        await Expect(page.GetByText("No line matches.")).ToBeVisibleAsync();
        Assert.Empty(visit.Complaints);
    }

    private static async Task FilterAsync(IPage page, string text)
    {
        await page.GetByLabel("Only lines with this text").FillAsync(text);
        await page.Keyboard.PressAsync("Enter");
    }
}
