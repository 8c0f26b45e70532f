using Microsoft.Playwright;
using NeetoDeploy.Bench.Builds;
using NeetoDeploy.Bench.Installations;

namespace NeetoDeploy.Bench.Dashboard;

/// <summary>What people wait for at the dashboard, in Debian's Chromium on the same machine, and what a page that somebody leaves open costs the control plane.</summary>
internal static class DashboardBench
{
    private const string App = "bench-watched";
    private const string Password = "a short sentence";
    private const int Rounds = 10;
    private const int Viewers = 40;

    /// <summary>Keys that lead to an app's pages, and the words on their tabs.</summary>
    private static readonly (char Key, string Tab)[] Pages =
    [
        ('r', "Resources"),
        ('d', "Deploy"),
        ('a', "Activity"),
        ('l', "Logs"),
        ('p', "Access"),
        ('s', "Settings"),
        ('o', "Overview"),
    ];

    /// <summary>Notes when the list of apps can be searched: its box is disabled until the page is live.</summary>
    private const string WatchForLife = """
        new MutationObserver((_, watch) => {
            if (!document.querySelector('#search:enabled')) return;
            window.liveAt = performance.now();
            watch.disconnect();
        }).observe(document, { childList: true, subtree: true, attributes: true });
        """;

    /// <summary>Milliseconds from a click on a tab until its page is there, with what it loads, and has been drawn.</summary>
    private const string Switch = """
        ([key, tab]) => new Promise(done => {
            const begun = performance.now();
            const look = () => {
                if (document.querySelector('nav.tabs a[aria-current=page]')?.textContent !== tab || document.querySelector('main .empty[role=status]')) return;
                watch.disconnect();
                requestAnimationFrame(() => setTimeout(() => done(performance.now() - begun)));
            };
            const watch = new MutationObserver(look);
            watch.observe(document.body, { childList: true, subtree: true, attributes: true });
            document.querySelector(`nav.tabs a[data-key=${key}]`).click();
        })
        """;

    public static async Task<int> RunAsync(CancellationToken cancel)
    {
        await using var installation = await RunningInstallation.StartAsync(Checkout.Root, cancel);
        await installation.CreateAppAsync(App, cancel);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(
            new() { ExecutablePath = "/usr/bin/chromium", Args = ["--no-sandbox"] }
        );
        await using (var first = await browser.NewContextAsync())
            await EnterAsync(first, installation.SetupLink);

        var entered = new List<double>();
        IBrowserContext person = null!;
        for (var i = 0; i < Rounds; i++)
        {
            person = await browser.NewContextAsync();
            entered.Add(await EnterAsync(person, $"{installation.Dashboard}/"));
        }
        Say($"from signing in to a live page: median {Median.Of(entered):0} ms, slowest {entered.Max():0} ms (goal 1000)");

        var page = await OpenAsync();
        var switched = new List<double>();
        for (var i = 0; i < Rounds; i++)
        {
            foreach (var (key, tab) in Pages)
                switched.Add(await page.EvaluateAsync<double>(Switch, new[] { key.ToString(), tab }));
        }
        Say(
            $"from one page of an app to another: median {Median.Of(switched):0} ms, slowest of {switched.Count} {switched.Max():0} ms (goal 200)"
        );

        // What the first pages make for all is not theirs.
        for (var i = 0; i < Viewers / 4; i++)
            await OpenAsync();
        var before = installation.MemoryOf("silo");
        for (var i = 0; i < Viewers; i++)
            await OpenAsync();
        Say($"a page that is left open: {(installation.MemoryOf("silo") - before) / 1e6 / Viewers:0.00} MB resident (goal 2)");
        return 0;

        async Task<IPage> OpenAsync()
        {
            var opened = await person.NewPageAsync();
            await opened.GotoAsync($"{installation.Dashboard}/");
            await opened.Locator("#search:enabled").WaitForAsync();
            await opened.Locator($"a[href='apps/{App}']").First.ClickAsync();
            await opened.Locator("nav.tabs a[aria-current=page]").WaitForAsync();
            return opened;
        }
    }

    /// <summary>Signs in, and waits for a live page.</summary>
    /// <returns>Milliseconds between, of the browser's clock, with what the server does about the password.</returns>
    private static async Task<double> EnterAsync(IBrowserContext person, string address)
    {
        var page = await person.NewPageAsync();
        await page.AddInitScriptAsync(WatchForLife);
        await page.GotoAsync(address);
        await page.GetByLabel("E-mail").FillAsync("me@example.com");
        await page.GetByLabel("Password").FillAsync(Password);
        await page.Locator("button.primary").ClickAsync();
        await page.Locator("#search:enabled").WaitForAsync();
        var taken = await page.EvaluateAsync<double>("window.liveAt");
        await page.CloseAsync();
        return taken;
    }

    private static void Say(string line) => Console.WriteLine($"dashboard, {line}");
}
