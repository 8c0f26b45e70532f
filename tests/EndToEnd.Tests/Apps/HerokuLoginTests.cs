using System.Text.RegularExpressions;
using Microsoft.Playwright;
using NeetoDeploy.EndToEnd.Tests.Dashboard;
using NeetoDeploy.EndToEnd.Tests.Harness;

namespace NeetoDeploy.EndToEnd.Tests.Apps;

/// <summary>The official CLI signs in by a browser, deals with tokens, and signs out again.</summary>
public sealed class HerokuLoginTests(SharedBox shared, Browser browser) : IClassFixture<Browser>
{
    private readonly Box box = shared.Box;

    [Fact]
    public async Task A_browser_signs_the_official_CLI_in_and_logout_takes_only_its_own_token_away()
    {
        await LogInAsync();
        Assert.Contains("me@example.com", await Heroku("auth:whoami"), StringComparison.Ordinal);

        var (id, secret) = Token(await Heroku("authorizations:create", "--description", "for ci"));
        Assert.Contains("for tests", await Heroku("authorizations:update", id, "--description", "for tests"), StringComparison.Ordinal);
        var (same, rotated) = Token(await Heroku("authorizations:rotate", id));
        Assert.Equal((id, false), (same, rotated == secret));
        Assert.Equal(401, await StatusAsync(secret));

        await Heroku("logout");
        Assert.NotEqual(0, (await Start("auth:whoami").RunAsync()).ExitCode);
        Assert.Equal(200, await StatusAsync(rotated));
        Assert.Equal(200, await StatusAsync(box.Environment["NEETO_TOKEN"]));
    }

    /// <summary>script(1) gives the CLI a terminal, on which it waits for a key; the browser is the test's.</summary>
    private async Task LogInAsync()
    {
        using var login = box.Program([
                "script",
                "--quiet",
                "--return",
                "--command",
                $"env -u HEROKU_API_KEY {Box.HerokuPath} login",
                "/dev/null",
            ])
            .Start();
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromMinutes(2));
        var seen = new System.Text.StringBuilder();
        var buffer = new char[1024];
        var (isPressed, hasConsented) = (false, false);
        while (await login.StandardOutput.ReadAsync(buffer, deadline.Token) is > 0 and var count)
        {
            seen.Append(buffer, 0, count);
            if (!isPressed && seen.ToString().Contains("Press any key", StringComparison.Ordinal))
            {
                isPressed = true;
                await login.StandardInput.WriteAsync("b");
                await login.StandardInput.FlushAsync(deadline.Token);
            }
            if (!hasConsented && Regex.Match(seen.ToString(), @"(http\S+/auth/browser/[\w-]+/[\w-]+)\s") is { Success: true } link)
            {
                hasConsented = true;
                await ConsentAsync(new Uri(link.Groups[1].Value));
            }
        }
        await login.WaitForExitAsync(deadline.Token);
        Assert.True(login.ExitCode == 0 && seen.ToString().Contains("Logged in as", StringComparison.Ordinal), $"{login.ExitCode}: {seen}");
    }

    /// <summary>Whoever is signed in consents with a click; whoever is not signs in first, and comes back.</summary>
    private async Task ConsentAsync(Uri link)
    {
        await (await browser.SignInAsync(box)).DisposeAsync();
        await using var visit = await browser.VisitAsync(box);
        await visit.Page.GotoAsync(link.ToString());
        await visit.FillAsync(Browser.Password);
        await Assertions.Expect(visit.Page.Locator("dl")).ToContainTextAsync("Heroku CLI login from");
        await visit.ShootAsync("login");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Let it sign in" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Heading)).ToHaveTextAsync("Signed in");
        Assert.Empty(visit.Complaints);
    }

    private Command Start(params string[] words) => box.Program(["env", "-u", "HEROKU_API_KEY", Box.HerokuPath, .. words]);

    private async Task<string> Heroku(params string[] words) => (await Start(words).RunAsync()).Ok().All;

    private async Task<int> StatusAsync(string token)
    {
        using var api = box.NewApi(token);
        using var answer = await api.GetAsync(new Uri("/account", UriKind.Relative));
        return (int)answer.StatusCode;
    }

    private static (string Id, string Secret) Token(string shown) =>
        (Regex.Match(shown, @"ID:\s+(\S+)").Groups[1].Value, Regex.Match(shown, @"Token:\s+(\S+)").Groups[1].Value);
}
