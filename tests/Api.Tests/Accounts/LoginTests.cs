using System.Net;
using Microsoft.Extensions.DependencyInjection;
using NeetoDeploy.Api.Accounts;
using NeetoDeploy.Api.Streams;
using NeetoDeploy.Api.Tests.Host;

namespace NeetoDeploy.Api.Tests.Accounts;

/// <summary>A program signs in, and a person consents in a browser, while nobody has set the installation up.</summary>
public sealed class LoginTests(ApiFixture api) : IDisposable
{
    private readonly HttpClient browser = new() { BaseAddress = new Uri(api.PublicUrl) };

    [Fact]
    public async Task Who_consents_gives_the_program_a_token_of_its_own()
    {
        var me = await api.NewAccountAsync();
        var login = await BeginAsync("Heroku CLI login from <laptop>");
        Assert.Contains("Heroku CLI login from &lt;laptop&gt;", await PageAsync(login), StringComparison.Ordinal);
        var waiting = WaitAsync(login, (string)login.Json["token"]!);

        var (status, page) = await ConsentAsync(login, me.Authorization!["Bearer ".Length..]);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains(me.Email, page, StringComparison.Ordinal);
        var outcome = await waiting;
        Assert.Equal(HttpStatusCode.Forbidden, (await ConsentAsync(login, me.Authorization["Bearer ".Length..])).Status);
        Assert.Null((string?)outcome.Json["error"]);
        var program = api.Client(me.Email, (string)outcome.Json["access_token"]!);
        Assert.NotEqual(me.Authorization, program.Authorization);
        Assert.Equal(me.Email, (string?)(await program.GetAsync("/account")).Json["email"]);
        Assert.Contains(
            (await me.GetAsync("/oauth/authorizations")).Json.AsArray(),
            token => (string?)token!["description"] == "Heroku CLI login from <laptop>" && (int?)token["access_token"]!["expires_in"] > 0
        );
    }

    [Theory]
    [InlineData("wrong")]
    [InlineData("")]
    [InlineData("<script>")]
    public async Task Who_shows_no_token_of_ours_consents_to_nothing(string token)
    {
        var login = await BeginAsync("CLI");

        var (status, page) = await ConsentAsync(login, token);

        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Contains("no token of this installation", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_login_is_waited_for_by_nobody_but_the_program_that_began_it()
    {
        var login = await BeginAsync("CLI");

        foreach (var secret in new[] { "wrong", (string)(await BeginAsync("CLI")).Json["token"]! })
            Assert.Equal((401, "unauthorized"), (await WaitAsync(login, secret)) is var answer ? (answer.Status, answer.Id) : default);
    }

    [Fact]
    public async Task The_page_can_be_framed_by_nobody_and_runs_nothing()
    {
        var login = await BeginAsync("CLI");
        using var page = await browser.GetAsync((string)login.Json["browser_url"]!, TestContext.Current.CancellationToken);

        var policy = page.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.True(page.Headers.CacheControl?.NoStore);
    }

    [Fact]
    public async Task A_login_that_nobody_began_or_that_is_too_old_is_not_there()
    {
        var tickets = new LoginTickets(api.Services.GetRequiredService<UrlSigner>());
        var old = new LoginTicket(Guid.NewGuid(), "CLI", "127.0.0.1", TimeProvider.System.GetUtcNow().AddSeconds(-1));
        var path = tickets.BrowserPath(new LoginTicket(Guid.NewGuid(), "CLI", "127.0.0.1", TimeProvider.System.GetUtcNow().AddMinutes(1)));

        foreach (
            var wrong in new[]
            {
                tickets.BrowserPath(old),
                tickets.CliPath(old),
                path[..^1],
                "/auth/browser/e30/AAAA",
                "/auth/cli/e30/AAAA",
            }
        )
            Assert.Equal(
                (404, "login"),
                (await api.ClientThatSays(null).GetAsync(wrong)) is var answer ? (answer.Status, (string?)answer.Json["resource"]) : default
            );
    }

    [Fact]
    public async Task A_description_has_an_end() =>
        Assert.Equal(422, (await api.ClientThatSays(null).PostAsync("/auth", $$"""{"description":"{{new string('x', 201)}}"}""")).Status);

    public void Dispose() => browser.Dispose();

    private async Task<ApiAnswer> BeginAsync(string description)
    {
        // The CLI asks for no version here, and has no token yet.
        var begun = await api.ClientThatSays(null)
            .SendAsync("POST", "/auth", $$"""{"description":"{{description}}"}""", ("Accept", "application/json"));
        Assert.True(begun.Status == 201, $"{begun}");
        return begun;
    }

    private Task<ApiAnswer> WaitAsync(ApiAnswer login, string secret) =>
        api.ClientThatSays($"Bearer {secret}").GetAsync((string)login.Json["cli_url"]!);

    private Task<string> PageAsync(ApiAnswer login) =>
        browser.GetStringAsync((string)login.Json["browser_url"]!, TestContext.Current.CancellationToken);

    private async Task<(HttpStatusCode Status, string Page)> ConsentAsync(ApiAnswer login, string token)
    {
        using var form = new FormUrlEncodedContent([new("token", token)]);
        using var answer = await browser.PostAsync((string)login.Json["browser_url"]!, form, TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
