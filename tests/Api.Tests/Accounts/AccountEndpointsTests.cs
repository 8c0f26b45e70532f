using System.Text;
using NeetoDeploy.Api.Tests.Host;

namespace NeetoDeploy.Api.Tests.Accounts;

public sealed class AccountEndpointsTests(ApiFixture api)
{
    [Fact]
    public async Task An_account_sees_itself_under_each_of_its_names()
    {
        var me = await api.NewAccountAsync();

        var account = await me.GetAsync("/account");

        Assert.Equal(me.Email, (string?)account.Json["email"]);
        Assert.Equal(account.Text, (await me.GetAsync("/users/~")).Text);
        Assert.Equal(account.Text, (await me.GetAsync($"/users/{Uri.EscapeDataString(me.Email)}")).Text);
        Assert.Equal(account.Text, (await me.GetAsync($"/users/{account.Json["id"]}")).Text);
    }

    [Fact]
    public async Task Another_account_is_seen_by_administrators_only()
    {
        var me = await api.NewAccountAsync();

        Assert.Equal(404, (await (await api.NewAccountAsync()).GetAsync($"/users/{me.Email}")).Status);
        Assert.Equal(200, (await (await api.NewAccountAsync(isAdmin: true)).GetAsync($"/users/{me.Email}")).Status);
    }

    [Fact]
    public async Task A_new_token_works_until_it_is_revoked_and_shows_its_secret_once()
    {
        var me = await api.NewAccountAsync();

        var created = await me.PostAsync("/oauth/authorizations", """{"description":"ci","expires_in":3600,"scope":["global"]}""");

        Assert.Equal(201, created.Status);
        var secret = (string)created.Json["access_token"]!["token"]!;
        var ci = api.Client(me.Email, secret);
        Assert.Equal(200, (await ci.GetAsync("/account")).Status);
        var id = (string)created.Json["id"]!;
        Assert.DoesNotContain(secret, (await me.GetAsync($"/oauth/authorizations/{id}")).Text, StringComparison.Ordinal);
        Assert.Contains(secret, (await ci.GetAsync("/oauth/authorizations")).Text, StringComparison.Ordinal);
        Assert.Equal(200, (await me.DeleteAsync($"/oauth/authorizations/{id}")).Status);
        Assert.Equal(401, (await ci.GetAsync("/account")).Status);
    }

    [Fact]
    public async Task A_token_of_another_account_can_neither_be_seen_nor_revoked()
    {
        var me = await api.NewAccountAsync();
        var other = await api.NewAccountAsync();
        var id = (string)(await me.PostAsync("/oauth/authorizations")).Json["id"]!;

        Assert.Equal(404, (await other.GetAsync($"/oauth/authorizations/{id}")).Status);
        Assert.Equal(404, (await other.DeleteAsync($"/oauth/authorizations/{id}")).Status);
        Assert.Equal(200, (await me.GetAsync($"/oauth/authorizations/{id}")).Status);
    }

    [Theory]
    [InlineData("/oauth/authorizations/~", "authorization")]
    [InlineData("/oauth/authorizations/nonsense", "authorization")]
    public async Task There_is_no_default_authorization(string path, string resource)
    {
        var answer = await (await api.NewAccountAsync()).GetAsync(path);
        Assert.Equal((404, resource), (answer.Status, (string?)answer.Json["resource"]));
    }

    [Fact]
    public async Task A_logout_finds_no_session()
    {
        var answer = await (await api.NewAccountAsync()).DeleteAsync("/oauth/sessions/~");
        Assert.Equal((404, "session"), (answer.Status, (string?)answer.Json["resource"]));
    }

    [Fact]
    public async Task A_token_is_accepted_as_the_password_of_basic_authentication()
    {
        var token = (await api.NewAccountAsync()).Authorization!.Split(' ')[1];

        foreach (var user in new[] { "", "heroku", "somebody@example.com" })
        {
            var basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{token}"));
            Assert.Equal(200, (await api.ClientThatSays($"Basic {basic}").GetAsync("/account")).Status);
        }
    }

    [Fact]
    public async Task A_login_by_password_is_refused_and_says_what_to_do()
    {
        var basic = Convert.ToBase64String("me@example.com:my password"u8);

        var refused = await api.ClientThatSays($"Basic {basic}").PostAsync("/oauth/authorizations");

        Assert.Equal((401, "unauthorized"), (refused.Status, refused.Id));
        Assert.Contains("token", (string?)refused.Json["message"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"expires_in":0}""")]
    [InlineData("""{"expires_in":-5}""")]
    [InlineData("""{"expires_in":"soon"}""")]
    public async Task A_token_must_have_a_lifetime(string json) =>
        Assert.Equal(422, (await (await api.NewAccountAsync()).PostAsync("/oauth/authorizations", json)).Status);
}
