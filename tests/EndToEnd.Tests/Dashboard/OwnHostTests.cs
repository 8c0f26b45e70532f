using System.Diagnostics;
using Microsoft.Playwright;
using NeetoDeploy.EndToEnd.Tests.Harness;
using static Microsoft.Playwright.Assertions;

namespace NeetoDeploy.EndToEnd.Tests.Dashboard;

/// <summary>The dashboard in a process of its own.</summary>
[Collection(Killing.Name)]
public sealed class OwnHostTests(KilledBox killed, Browser browser) : IClassFixture<Browser>
{
    private const string Away = "The control plane does not answer.";

    private readonly Box box = killed.Box;

    [Fact]
    public async Task It_does_what_the_silos_does_and_stays_while_the_control_plane_is_away()
    {
        var name = $"own-host-{Guid.NewGuid():N}"[..20];
        var folder = Directory.CreateDirectory(Path.Combine(box.Home, name)).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "index.html"), "sent by a host of its own");
        await using var visit = await browser.SignInAsync(box, port: killed.DashboardPort);
        var page = visit.Page;
        await page.GetByRole(AriaRole.Link, new() { Name = "New app" }).ClickAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await page.GetByLabel("A folder").CheckAsync();
        await page.GetByLabel("Folder", new() { Exact = true }).SetInputFilesAsync(folder);
        await page.GetByRole(AriaRole.Button, new() { Name = "Create app" }).ClickAsync();
        await Expect(page.Locator(".output")).ToContainTextAsync("Done in");
        await page.GotoAsync($"/dashboard/apps/{name}/logs");
        var log = page.GetByRole(AriaRole.Log);
        await Expect(log).ToContainTextAsync("State changed from starting to up");

        using (var silo = Process.GetProcessById(box.Pid("silo")))
            silo.Kill();
        await Expect(page.GetByText(Away)).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Activity" }).ClickAsync();
        await visit.ShootAsync("control-plane-away");

        await Expect(page.GetByText(Away)).ToBeHiddenAsync();
        await Expect(page.GetByText("Initial release")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Logs" }).ClickAsync();
        using var answer = await box.Web.GetAsync(box.Url(name, "/after-the-kill"));
        await Expect(log).ToContainTextAsync("path=\"/after-the-kill\"");

        var doctor = await box.Neeto(["doctor"]).RunAsync(cancel: TestContext.Current.CancellationToken);
        Assert.Matches("dashboard +answers", doctor.All);
        Assert.DoesNotContain("nobody listens", doctor.All, StringComparison.Ordinal);

        // Hosts that share their keys share sessions.
        await page.GotoAsync($"http://127.0.0.1:{box.ApiPort}/dashboard/");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = name })).ToBeVisibleAsync();
        using var destroyed = await box.Api.DeleteAsync($"/apps/{name}");
    }
}
