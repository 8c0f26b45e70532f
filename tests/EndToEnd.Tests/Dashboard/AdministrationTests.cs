using Microsoft.Playwright;
using NeetoDeploy.EndToEnd.Tests.Harness;
using static Microsoft.Playwright.Assertions;

namespace NeetoDeploy.EndToEnd.Tests.Dashboard;

/// <summary>What administrators see, and nobody else.</summary>
public sealed class AdministrationTests(SharedBox shared, Browser browser) : IClassFixture<Browser>
{
    private const string Password = "another short sentence";

    private readonly Box box = shared.Box;

    [Fact]
    public async Task An_administrator_sees_the_machine_and_who_did_what_and_a_member_sees_no_such_page()
    {
        var member = $"{Guid.NewGuid():N}@example.com";
        await using var visit = await browser.SignInAsync(box);
        var page = visit.Page;
        await page.GetByRole(AriaRole.Link, new() { Name = "Admin", Exact = true }).ClickAsync();
        await Expect(page.Locator("tr", new() { HasText = "silo and storage" })).ToContainTextAsync("answers");
        await page.GetByRole(AriaRole.Button, new() { Name = "Collect now" }).ClickAsync();
        await Expect(page.Locator(".garbage tr", new() { HasText = "registry" }).Locator("time")).ToBeVisibleAsync();
        await visit.ShootAsync("admin-health");

        await page.GetByRole(AriaRole.Link, new() { Name = "Builds" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Running and waiting" })).ToBeVisibleAsync();
        await visit.ShootAsync("admin-builds");

        await page.GetByRole(AriaRole.Link, new() { Name = "People" }).ClickAsync();
        await page.GetByLabel("E-mail address of somebody new").FillAsync(member);
        await page.GetByLabel("First password of somebody new").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Create" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("can sign in now");
        await visit.ShootAsync("admin-people");

        await page.GotoAsync($"/dashboard/admin/audit?of={member}");
        await Expect(page.Locator(".audit li").First).ToContainTextAsync("account: set password");
        await Expect(page.Locator(".audit")).ToContainTextAsync("from 127.0.0.1, dashboard");
        await Expect(page.Locator(".audit")).Not.ToContainTextAsync(Password);
        await visit.ShootAsync("admin-audit");

        await page.GotoAsync("/dashboard/admin/orleans/");
        await Expect(page.Locator("#menu")).ToContainTextAsync("Grains");
        await visit.ShootAsync("admin-orleans", isOurs: false);
        Assert.Empty(visit.Complaints);
        Assert.Equal(404, (await page.APIRequest.GetAsync("/dashboard/admin/orleans/GrainState")).Status);

        await using var other = await browser.VisitAsync(box);
        await other.Page.GotoAsync("/dashboard/");
        await other.Page.GetByLabel("E-mail").FillAsync(member);
        await other.Page.GetByLabel("Password").FillAsync(Password);
        await other.Page.Locator("button.primary").ClickAsync();
        await Expect(other.Page.GetByRole(AriaRole.Heading, new() { Name = "Apps", Exact = true })).ToBeVisibleAsync();
        await Expect(other.Page.GetByRole(AriaRole.Link, new() { Name = "Admin", Exact = true })).Not.ToBeVisibleAsync();
        foreach (var path in (string[])["admin", "admin/builds", "admin/people", "admin/audit"])
        {
            await other.Page.GotoAsync($"/dashboard/{path}");
            await Expect(other.Page.GetByRole(AriaRole.Heading)).ToHaveTextAsync("Not found");
        }
        Assert.Equal(404, (await other.Page.APIRequest.GetAsync("/dashboard/admin/orleans/")).Status);

        await page.GotoAsync("/dashboard/admin/people");
        var row = page.Locator("tr", new() { HasText = member });
        await row.GetByRole(AriaRole.Button, new() { Name = "Deactivate" }).ClickAsync();
        await Expect(row.GetByText("deactivated")).ToBeVisibleAsync();
        await other.Page.GotoAsync("/dashboard/");
        await Expect(other.Page.GetByLabel("Password")).ToBeVisibleAsync();
    }
}
