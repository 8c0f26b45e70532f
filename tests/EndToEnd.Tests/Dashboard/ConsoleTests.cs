using System.Net.WebSockets;
using Microsoft.Playwright;
using NeetoDeploy.EndToEnd.Tests.Harness;
using static Microsoft.Playwright.Assertions;

namespace NeetoDeploy.EndToEnd.Tests.Dashboard;

/// <summary>A one-off dyno's terminal in a real browser.</summary>
public sealed class ConsoleTests(SharedBox shared, Browser browser) : IClassFixture<Browser>
{
    private readonly Box box = shared.Box;

    [Fact]
    public async Task A_person_types_into_a_dyno_resizes_it_interrupts_it_and_sees_how_it_ended()
    {
        await using var visit = await browser.SignInAsync(box);
        var page = visit.Page;
        await using var app = await AppUnderTest.CreateAsync(box, "hello-node");
        Assert.Equal(0, (await app.DeployAsync()).ExitCode);
        await page.GotoAsync($"/dashboard/apps/{app.Name}/console");
        await page.GetByRole(AriaRole.Button, new() { Name = "Start" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status).GetByText("is running")).ToBeVisibleAsync();

        var screen = page.Locator(".xterm-rows");
        await TypeAsync(page, @"echo $((6 * 7)) $(printf '\303\244\342\202\254')");
        await Expect(screen).ToContainTextAsync("42 \u00e4\u20ac");
        // An interrupt throws away what the shell has not read yet, as on any terminal: it must be asleep before.
        await TypeAsync(page, "echo as$((0))leep && sleep 1000 && echo woken");
        await Expect(screen).ToContainTextAsync("as0leep");
        await page.Keyboard.PressAsync("Control+c");
        await TypeAsync(page, "echo $?; trap 'echo now $(stty size)' WINCH");
        await Expect(screen).ToContainTextAsync("130");
        await visit.ShootAsync("console");
        await page.SetViewportSizeAsync(700, 700);
        await Expect(screen).ToContainTextAsync("now ");
        await TypeAsync(page, "exit 3");
        await Expect(page.GetByText("The process ended with 3.")).ToBeVisibleAsync();

        await page.GetByLabel("Command").FillAsync("echo once more");
        await page.GetByRole(AriaRole.Button, new() { Name = "Start again" }).ClickAsync();
        await Expect(page.GetByText("The process ended with 0.")).ToBeVisibleAsync();
        await Expect(screen).ToContainTextAsync("once more");
        Assert.Empty(visit.Complaints);
    }

    [Theory, InlineData(false, 401), InlineData(true, 403)]
    public async Task Nobody_opens_a_console_without_a_session_or_from_a_page_of_somebody_else(bool isSignedIn, int status)
    {
        await using var visit = isSignedIn ? await browser.SignInAsync(box) : await browser.VisitAsync(box);
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Origin", "http://elsewhere.example");
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.SetRequestHeader(
            "Cookie",
            string.Join("; ", (await visit.CookiesAsync()).Select(cookie => $"{cookie.Name}={cookie.Value}"))
        );

        var address = new Uri($"ws://127.0.0.1:{box.ApiPort}/dashboard/apps/shop/console/session");
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(address, CancellationToken.None));

        Assert.Equal(status, (int)socket.HttpStatusCode);
    }

    private static async Task TypeAsync(IPage page, string line)
    {
        await page.Keyboard.TypeAsync(line);
        await page.Keyboard.PressAsync("Enter");
    }
}
