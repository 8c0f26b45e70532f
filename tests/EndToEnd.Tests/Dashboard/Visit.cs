using System.Collections.Concurrent;
using Microsoft.Playwright;
using NeetoDeploy.EndToEnd.Tests.Harness;

namespace NeetoDeploy.EndToEnd.Tests.Dashboard;

/// <summary>A browser window with one page.</summary>
public sealed class Visit : IAsyncDisposable
{
    private static readonly string Pictures = Path.Combine(Checkout.Root, "artifacts", "test-logs", "screens");

    private readonly IBrowserContext context;
    private readonly ConcurrentQueue<string> complaints = [];

    internal Visit(IBrowserContext context, IPage page)
    {
        (this.context, Page) = (context, page);
        page.PageError += (_, error) => complaints.Enqueue(error);
        page.Console += (_, message) =>
        {
            // Chromium gives up what it loads when the machine gets or loses a network, as it does with each app of a test.
            if (message.Type == "error" && !message.Text.Contains("ERR_NETWORK_CHANGED", StringComparison.Ordinal))
                complaints.Enqueue(message.Text);
        };
    }

    public IPage Page { get; }

    /// <summary>What pages have complained about so far, such as a script that the content security policy refused.</summary>
    public IReadOnlyCollection<string> Complaints => complaints;

    public Task<IReadOnlyList<BrowserContextCookiesResult>> CookiesAsync() => context.CookiesAsync();

    /// <summary>Fills in who one is, at the set-up or the sign-in page.</summary>
    public async Task FillAsync(string password)
    {
        await Page.GetByLabel("E-mail").FillAsync("me@example.com");
        await Page.GetByLabel("Password").FillAsync(password);
        await Page.Locator("button.primary").ClickAsync();
    }

    /// <summary>Pictures of the page for people to look at: light and dark, at a desk and on a telephone. In each a checker of accessibility looks too, and finds nothing serious.</summary>
    /// <param name="isOurs">Else nobody but people look.</param>
    public async Task ShootAsync(string name, bool isOurs = true)
    {
        var findings = new List<string>();
        foreach (var (theme, scheme) in ((string, ColorScheme)[])[("light", ColorScheme.Light), ("dark", ColorScheme.Dark)])
        {
            await Page.EmulateMediaAsync(new() { ColorScheme = scheme });
            foreach (var width in (int[])[1600, 390])
            {
                await Page.SetViewportSizeAsync(width, 900);
                await Page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, $"{name}-{theme}-{width}.png"), FullPage = true });
                if (isOurs)
                    findings.AddRange((await Accessibility.FindAsync(Page)).Select(found => $"{theme}, {width} px: {found}"));
            }
        }
        await Page.SetViewportSizeAsync(1280, 800);
        Assert.True(findings.Count == 0, string.Join('\n', findings));
    }

    public ValueTask DisposeAsync() => context.DisposeAsync();
}
