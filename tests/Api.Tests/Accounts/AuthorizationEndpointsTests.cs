using NeetoDeploy.Api.Tests.Host;

namespace NeetoDeploy.Api.Tests.Accounts;

public sealed class AuthorizationEndpointsTests(ApiFixture api)
{
    [Fact]
    public async Task A_token_can_be_described_anew()
    {
        var me = await api.NewAccountAsync();
        var id = await CreateAsync(me);

        var updated = await me.PatchAsync($"/oauth/authorizations/{id}", """{"description":"laptop"}""");

        Assert.Equal((200, "laptop"), (updated.Status, (string?)updated.Json["description"]));
        Assert.Equal("laptop", (string?)(await me.GetAsync($"/oauth/authorizations/{id}")).Json["description"]);
        Assert.Equal("laptop", (string?)(await me.PatchAsync($"/oauth/authorizations/{id}", "{}")).Json["description"]);
    }

    [Fact]
    public async Task An_OAuth_client_cannot_be_set_as_there_is_none()
    {
        var me = await api.NewAccountAsync();

        var refused = await me.PatchAsync(
            $"/oauth/authorizations/{await CreateAsync(me)}",
            """{"client":{"id":"7c9e6679-7425-40de-944b-e07fc1f90ae7"}}"""
        );

        Assert.Equal((422, "invalid_params"), (refused.Status, refused.Id));
    }

    [Fact]
    public async Task A_regenerated_token_has_a_new_secret_and_the_old_one_opens_nothing()
    {
        var me = await api.NewAccountAsync();
        var created = await me.PostAsync("/oauth/authorizations", """{"description":"ci","expires_in":3600}""");
        var id = (string)created.Json["id"]!;

        var rotated = await me.PostAsync($"/oauth/authorizations/{id}/actions/regenerate-tokens");

        Assert.Equal((200, id, "ci"), (rotated.Status, (string?)rotated.Json["id"], (string?)rotated.Json["description"]));
        Assert.InRange((int)rotated.Json["access_token"]!["expires_in"]!, 3500, 3600);
        Assert.Equal(401, (await With(me, created).GetAsync("/account")).Status);
        Assert.Equal(200, (await With(me, rotated).GetAsync("/account")).Status);
        Assert.DoesNotContain(SecretOf(rotated), (await me.GetAsync($"/oauth/authorizations/{id}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_can_regenerate_itself()
    {
        var me = await api.NewAccountAsync();
        var id = (string)(await me.GetAsync("/oauth/authorizations")).Json[0]!["id"]!;

        var rotated = await me.PostAsync($"/oauth/authorizations/{id}/actions/regenerate-tokens");

        Assert.Equal(401, (await me.GetAsync("/account")).Status);
        Assert.Contains(SecretOf(rotated), (await With(me, rotated).GetAsync("/oauth/authorizations")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PATCH", "")]
    [InlineData("POST", "/actions/regenerate-tokens")]
    public async Task A_token_of_another_account_cannot_be_changed(string method, string action)
    {
        var me = await api.NewAccountAsync();
        var id = await CreateAsync(me);

        foreach (var unknown in new[] { id, Guid.NewGuid().ToString(), "nonsense" })
        {
            var answer = await (await api.NewAccountAsync()).SendAsync(
                method,
                $"/oauth/authorizations/{unknown}{action}",
                """{"description":"mine"}"""
            );
            Assert.Equal((404, "authorization"), (answer.Status, (string?)answer.Json["resource"]));
        }
        Assert.Equal("ci", (string?)(await me.GetAsync($"/oauth/authorizations/{id}")).Json["description"]);
    }

    /// <summary>On logout the heroku CLI revokes each token that its own secret fits, and asterisks fit everything.</summary>
    [Fact]
    public async Task A_hidden_secret_looks_like_nobodys_own()
    {
        var me = await api.NewAccountAsync();
        var id = await CreateAsync(me);

        var shown = SecretOf(await me.GetAsync($"/oauth/authorizations/{id}"));

        var beginning = shown[..shown.IndexOf('*', StringComparison.Ordinal)];
        Assert.NotEqual("", beginning);
        Assert.False(me.Authorization!["Bearer ".Length..].StartsWith(beginning, StringComparison.Ordinal));
    }

    private static async Task<string> CreateAsync(ApiClient me) =>
        (string)(await me.PostAsync("/oauth/authorizations", """{"description":"ci"}""")).Json["id"]!;

    private static string SecretOf(ApiAnswer answer) => (string)answer.Json["access_token"]!["token"]!;

    private ApiClient With(ApiClient me, ApiAnswer authorization) => api.Client(me.Email, SecretOf(authorization));
}
