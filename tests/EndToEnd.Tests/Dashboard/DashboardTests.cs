using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using NeetoDeploy.EndToEnd.Tests.Harness;
using static Microsoft.Playwright.Assertions;

namespace NeetoDeploy.EndToEnd.Tests.Dashboard;

/// <summary>What a person sees who looks at the dashboard, in a real browser.</summary>
public sealed class DashboardTests(SharedBox shared, Browser browser) : IClassFixture<Browser>
{
    private static readonly LocatorAssertionsToBeVisibleOptions Patiently = new() { Timeout = 120_000 };

    private readonly Box box = shared.Box;

    [Fact]
    public async Task An_app_is_deployed_scaled_configured_and_rolled_back_before_ones_eyes()
    {
        await using var visit = await browser.SignInAsync(box);
        var page = visit.Page;
        await using var app = await AppUnderTest.CreateAsync(box, "hello-node");
        await visit.ShootAsync("apps");
        await page.Locator("#search").FillAsync(app.Name);
        // At once: the filter, which is on its way into the address, does not take its reader back.
        await page.GetByRole(AriaRole.Link, new() { Name = app.Name }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Deploy it" })).ToBeVisibleAsync();

        // Nobody loads the page again from here on: what happens is pushed to it.
        Assert.Equal(0, (await app.DeployAsync()).ExitCode);
        await Expect(page.Locator("dl .chip", new() { HasText = "up" })).ToBeVisibleAsync(Patiently);
        await Expect(page.Locator(".events")).ToContainTextAsync("v3");
        await visit.ShootAsync("overview");
        // Routers tell every ten seconds what they have counted: the rest of this test is as long.
        for (var request = 0; request < 3; request++)
            Assert.Equal(HttpStatusCode.OK, (await app.GetAsync("/")).Status);

        await GoAsync(page, "Activity");
        await page.GetByRole(AriaRole.Link, new() { Name = "Build" }).ClickAsync();
        await Expect(page.Locator(".output")).ToContainTextAsync("Done in");
        await Expect(page.Locator(".phases")).ToContainTextAsync("export");
        await visit.ShootAsync("build");

        await GoAsync(page, "Resources");
        await page.GetByRole(AriaRole.Button, new() { Name = "One web dyno more" }).ClickAsync();
        await Expect(page.Locator("tr", new() { HasText = "web.2" }).Locator(".chip", new() { HasText = "up" }))
            .ToBeVisibleAsync(Patiently);

        await visit.ShootAsync("resources");

        await GoAsync(page, "Settings");
        await page.GetByLabel("Name of the var").FillAsync("GREETING");
        await page.GetByLabel("Value of the var").FillAsync("<b>good & day</b>");
        await page.GetByRole(AriaRole.Button, new() { Name = "Set", Exact = true }).ClickAsync();
        await Expect(page.Locator(".vars")).ToContainTextAsync("GREETING");
        await Expect(page.Locator(".vars")).Not.ToContainTextAsync("good");
        await page.GetByRole(AriaRole.Button, new() { Name = "Reveal values" }).ClickAsync();
        await Expect(page.Locator(".value")).ToHaveTextAsync("<b>good & day</b>");
        await ExchangeAsync(page, app.Name);
        await visit.ShootAsync("settings");

        using var hostile = await box.Api.PostAsJsonAsync(
            $"/apps/{app.Name}/builds",
            new { source_blob = new { url = "git+https://127.0.0.1/shop.git", version = "<img src=x onerror=document.title='broken'>" } }
        );
        Assert.Equal(HttpStatusCode.Created, hostile.StatusCode);
        await GoAsync(page, "Activity");
        await Expect(page.Locator(".events")).ToContainTextAsync("<img sr");
        Assert.Equal(0, await page.Locator("main img").CountAsync());
        await page.Locator("li", new() { HasText = "v3" }).GetByRole(AriaRole.Button, new() { Name = "Roll back to here" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("Config var GREETING goes");
        await visit.ShootAsync("rollback");
        await page.GetByRole(AriaRole.Button, new() { Name = "Roll back", Exact = true }).ClickAsync();
        await Expect(page.Locator("li", new() { HasText = "Rollback to v3" })).ToContainTextAsync("current");
        await visit.ShootAsync("activity");

        await GoAsync(page, "Metrics");
        await page.GetByRole(AriaRole.Button, new() { Name = "As tables" }).ClickAsync();
        await Expect(page.Locator(".tiles div", new() { HasText = "Requests" }).Locator("dd"))
            .ToHaveTextAsync("3", new() { Timeout = 60_000 });
        var requests = page.Locator("section", new() { HasText = "Requests a minute" }).Locator("tbody td:nth-child(2)");
        await Expect(requests.First).ToBeVisibleAsync();
        Assert.Equal(3, (await requests.AllTextContentsAsync()).Sum(count => int.TryParse(count, out var known) ? known : 0));
        await page.GetByRole(AriaRole.Button, new() { Name = "As tables" }).ClickAsync();
        await Expect(page.Locator("svg.chart").First).ToBeVisibleAsync();
        await visit.ShootAsync("metrics");
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task A_line_is_seen_as_it_is_written_and_filters_are_in_the_address()
    {
        await using var visit = await browser.SignInAsync(box);
        var page = visit.Page;
        await using var app = await AppUnderTest.CreateAsync(box);
        app.Write("Procfile", "web: node server.js");
        app.Write("package.json", """{ "name": "teller", "version": "1.0.0", "engines": { "node": "24.x" } }""");
        app.Write(
            "server.js",
            """
            require('http').createServer((q, a) => { console.log(decodeURIComponent(q.url.slice(1))); a.end('told'); }).listen(process.env.PORT);
            """
        );
        Assert.Equal(0, (await app.DeployAsync()).ExitCode);
        await app.AnswersAsync("told");
        await page.GotoAsync($"/dashboard/apps/{app.Name}/logs");
        await Expect(page.GetByText("live", new() { Exact = true })).ToBeVisibleAsync();

        var lines = (string[])
            [
                "first of all",
                "\u001b[31mred\u001b[0m <img src=x onerror=document.title='broken'>",
                """{"level":"warn","msg":"slow","order":{"id":7}}""",
            ];
        foreach (var line in lines)
            Assert.Equal(HttpStatusCode.OK, (await app.GetAsync($"/{Uri.EscapeDataString(line)}")).Status);

        var log = page.GetByRole(AriaRole.Log);
        await Expect(log.GetByText("first of all").First).ToBeVisibleAsync();
        await Expect(log.Locator(".ansi-1").First).ToHaveTextAsync("red");
        await Expect(log).ToContainTextAsync("<img src=x onerror=document.title='broken'>");
        Assert.Equal(0, await log.Locator("img").CountAsync());
        await Expect(log.Locator(".level")).ToHaveTextAsync("warn");
        await HideAsync(page, isHidden: true);
        Assert.Equal(HttpStatusCode.OK, (await app.GetAsync("/while-nobody-looked")).Status);
        await HideAsync(page, isHidden: false);
        await Expect(log.GetByText("while-nobody-looked").First).ToBeVisibleAsync();
        await log.Locator(".fold").ClickAsync();
        await Expect(log.Locator(".member").Last).ToHaveTextAsync("order.id 7");
        await visit.ShootAsync("logs");

        await FilterAsync(page, "First of ALL");
        await Expect(log).Not.ToContainTextAsync("red");
        Assert.Contains("text=First%20of%20ALL", page.Url, StringComparison.Ordinal);
        await FilterAsync(page, "/(/");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("This is no expression");
        await FilterAsync(page, "/^(first|red) .*(all|>)$/");
        await Expect(log).Not.ToContainTextAsync("slow");
        await Expect(log.Locator(".line")).ToHaveCountAsync(2);

        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByText("Download").ClickAsync());
        Assert.StartsWith($"{app.Name}-", download.SuggestedFilename, StringComparison.Ordinal);
        Assert.Matches(
            @"\+00:00 app\[web\.1\]: first of all\n.*\+00:00 app\[web\.1\]: red <img",
            await File.ReadAllTextAsync(await download.PathAsync())
        );
        await log.Locator(".line .at").First.ClickAsync();
        await Expect(log.Locator(".marked")).ToContainTextAsync("first of all");
        await page.GotoAsync(page.Url.Replace("text=", "was=", StringComparison.Ordinal));
        await Expect(log.Locator(".marked")).ToContainTextAsync("first of all");
        Assert.Equal(404, (await page.APIRequest.GetAsync("/dashboard/apps/none-such/logs/download")).Status);
        await page.GotoAsync($"/dashboard/apps/{app.Name}/logs?line=123456");
        await Expect(page.GetByText("Line 123456 has not been written yet.")).ToBeVisibleAsync();
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Nobody_sees_anything_without_a_session()
    {
        await using (var stranger = await browser.VisitAsync(box))
        {
            foreach (
                var path in (string[])
                    ["", "apps/shop", "apps/shop/logs", "apps/shop/logs/download", "apps/shop/console", "apps/shop/settings"]
            )
            {
                await stranger.Page.GotoAsync($"/dashboard/{path}");
                await Expect(stranger.Page).ToHaveTitleAsync("Sign in · NeetoDeploy");
            }
            await stranger.ShootAsync("sign-in");
            Assert.Equal(404, (await stranger.Page.GotoAsync("/dashboard/apps/shop/no-such-page"))!.Status);
            await Expect(stranger.Page.GetByRole(AriaRole.Heading)).ToHaveTextAsync("Not found");
            await stranger.Page.GotoAsync("/dashboard/setup?token=guessed");
            await Expect(stranger.Page.GetByRole(AriaRole.Heading)).ToHaveTextAsync("Already set up");
        }

        await using var visit = await browser.SignInAsync(box);
        var cookie = Assert.Single(await visit.CookiesAsync(), cookie => cookie.Name == "neeto-session");
        Assert.Equal((true, SameSiteAttribute.Lax, "/dashboard"), (cookie.HttpOnly, cookie.SameSite, cookie.Path));
        await visit.Page.GotoAsync(Browser.SetupLink(box));
        await Expect(visit.Page.GetByRole(AriaRole.Heading)).ToHaveTextAsync("Already set up");
        await AssertForgeryIsRefusedAsync(visit.Page);
        await visit.Page.GotoAsync("/dashboard/apps/none-such");
        await Expect(visit.Page.GetByText("There is no app none-such")).ToBeVisibleAsync();
        await visit.ShootAsync("not-found");
        await visit.Page.GotoAsync("/dashboard/");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await visit.Page.GotoAsync("/dashboard/");
        await Expect(visit.Page).ToHaveTitleAsync("Sign in · NeetoDeploy");

        await visit.FillAsync("a long sentence");
        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("E-mail address and password do not belong together.");
    }

    /// <summary>Config vars as a file, out and in.</summary>
    private static async Task ExchangeAsync(IPage page, string app)
    {
        var exported = await page.APIRequest.GetAsync($"/dashboard/apps/{app}/config-vars/download");
        Assert.Equal("GREETING='<b>good & day</b>'\n", await exported.TextAsync());
        await page.GetByText("A .env file").ClickAsync();
        var file = new FilePayload
        {
            Name = ".env",
            MimeType = "text/plain",
            Buffer = "export COLOUR=green # or so\n"u8.ToArray(),
        };
        await page.GetByLabel("A .env file", new() { Exact = true }).SetInputFilesAsync(file);
        await Expect(page.GetByLabel("Lines of a .env file")).ToHaveValueAsync(new Regex("COLOUR"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Set all" }).ClickAsync();
        await Expect(page.Locator(".vars")).ToContainTextAsync("COLOUR");
    }

    /// <summary>A form that another page sends along with the session's cookie does nothing, and no page runs a script that is not ours.</summary>
    private static async Task AssertForgeryIsRefusedAsync(IPage page)
    {
        foreach (var path in (string[])["sign-out", "sign-in"])
            Assert.Equal(
                400,
                (await page.APIRequest.PostAsync($"/dashboard/{path}", new() { Form = page.APIRequest.CreateFormData() })).Status
            );
        var answer = await page.APIRequest.GetAsync("/dashboard/account");
        Assert.Contains("Sign out everywhere", await answer.TextAsync(), StringComparison.Ordinal);
        Assert.Contains("script-src 'self';", answer.Headers["content-security-policy"], StringComparison.Ordinal);
    }

    /// <summary>What a browser does when another tab is shown, and this one again.</summary>
    private static Task HideAsync(IPage page, bool isHidden) =>
        page.EvaluateAsync(
            "is => { Object.defineProperty(document, 'hidden', { value: is, configurable: true }); document.dispatchEvent(new Event('visibilitychange')); }",
            isHidden
        );

    private static async Task FilterAsync(IPage page, string text)
    {
        await page.GetByLabel("Only lines with this text").FillAsync(text);
        await page.Keyboard.PressAsync("Enter");
    }

    private static Task GoAsync(IPage page, string tab) => page.Locator("nav.tabs").GetByText(tab).ClickAsync();
}
