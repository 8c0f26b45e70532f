using Microsoft.Playwright;
using NeetoDeploy.EndToEnd.Tests.Harness;

namespace NeetoDeploy.EndToEnd.Tests.Dashboard;

/// <summary>Debian's Chromium. Each visit has cookies of its own; what a page complains about in the console fails the test that looks.</summary>
public sealed class Browser : IAsyncLifetime
{
    private const string Chromium = "/usr/bin/chromium";
    public const string Password = "a short sentence";

    private static readonly SemaphoreSlim SigningIn = new(1);

    private IPlaywright? playwright;
    private IBrowser? browser;

    public async ValueTask InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(60_000);
        playwright = await Playwright.CreateAsync();
        // Without a sandbox of its own: tests may run as root, which Chromium refuses with one.
        browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = ["--no-sandbox"] });
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
            await browser.DisposeAsync();
        playwright?.Dispose();
    }

    /// <summary>A new person at a new browser.</summary>
    /// <param name="userAgent">What the browser says it is; null: Chrome on Linux.</param>
    /// <param name="port">Where the dashboard is; null: in the silo.</param>
    public async Task<Visit> VisitAsync(Box box, string? userAgent = null, int? port = null)
    {
        var context = await browser!.NewContextAsync(new() { BaseURL = $"http://127.0.0.1:{port ?? box.ApiPort}", UserAgent = userAgent });
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(60_000);
        return new Visit(context, page);
    }

    /// <summary>The administrator at a new browser. Whoever comes first to an installation sets it up, and those who come meanwhile wait.</summary>
    public async Task<Visit> SignInAsync(Box box, string? userAgent = null, int? port = null)
    {
        var visit = await VisitAsync(box, userAgent, port);
        await SigningIn.WaitAsync();
        try
        {
            await SignInAsync(box, visit);
        }
        finally
        {
            SigningIn.Release();
        }
        return visit;
    }

    /// <summary>What <c>./neeto up</c> prints.</summary>
    public static string SetupLink(Box box) =>
        $"/dashboard/setup?token={File.ReadAllText(Path.Combine(box.Data, "secrets", "setup.token")).Trim()}";

    private static async Task SignInAsync(Box box, Visit visit)
    {
        await visit.Page.GotoAsync(SetupLink(box));
        if (await visit.Page.GetByRole(AriaRole.Heading).TextContentAsync() == "Welcome")
            await visit.ShootAsync("setup");
        else
            await visit.Page.GotoAsync("/dashboard/");
        await visit.FillAsync(Password);
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Apps", Exact = true })).ToBeVisibleAsync();
    }
}
