using Microsoft.Playwright;
using NeetoDeploy.EndToEnd.Tests.Harness;
using static Microsoft.Playwright.Assertions;

namespace NeetoDeploy.EndToEnd.Tests.Dashboard;

/// <summary>Deploys that begin in the dashboard.</summary>
public sealed class DeployTests(SharedBox shared, Browser browser) : IClassFixture<Browser>
{
    private readonly Box box = shared.Box;

    [Fact]
    public async Task A_new_app_is_made_of_a_folder_at_once_and_its_release_says_what_changed()
    {
        var name = $"folder-{Guid.NewGuid():N}"[..20];
        var folder = Path.Combine(box.Home, name);
        Directory.CreateDirectory(Path.Combine(folder, "naïve folder"));
        await File.WriteAllTextAsync(Path.Combine(folder, "index.html"), "made in a browser");
        await File.WriteAllTextAsync(Path.Combine(folder, "naïve folder", $"{new string('x', 120)}.txt"), "long");
        await using var visit = await browser.SignInAsync(box);
        var page = visit.Page;

        await page.GetByRole(AriaRole.Link, new() { Name = "New app" }).ClickAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await page.GetByLabel("A folder").CheckAsync();
        await page.GetByLabel("Folder", new() { Exact = true }).SetInputFilesAsync(folder);
        await visit.ShootAsync("new-app");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create app" }).ClickAsync();

        await Expect(page.Locator(".output")).ToContainTextAsync("Done in");
        await page.GetByRole(AriaRole.Link, new() { Name = "v3" }).ClickAsync();
        await Expect(page.Locator("section", new() { HasText = "What changed" })).ToContainTextAsync("Process type web");
        await visit.ShootAsync("release");
        await page.Keyboard.PressAsync("g");
        await page.Keyboard.PressAsync("d");
        await Expect(page.GetByText($"git remote add neeto https://localhost:{box.TlsPort}/{name}.git")).ToBeVisibleAsync();
        await visit.ShootAsync("deploy");

        await page.GetByLabel("A git repository").CheckAsync();
        await page.GetByLabel("Repository", new() { Exact = true }).FillAsync($"http://127.0.0.1:{box.ApiPort}/healthz");
        await page.GetByRole(AriaRole.Button, new() { Name = "Deploy", Exact = true }).ClickAsync();
        await Expect(page.Locator(".output")).ToContainTextAsync("its address is not a public one");
        Assert.Empty(visit.Complaints);
        using var destroyed = await box.Api.DeleteAsync($"/apps/{name}");
    }
}
