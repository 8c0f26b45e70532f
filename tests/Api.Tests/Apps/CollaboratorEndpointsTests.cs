using NeetoDeploy.Api.Tests.Host;

namespace NeetoDeploy.Api.Tests.Apps;

public sealed class CollaboratorEndpointsTests(ApiFixture api)
{
    [Fact]
    public async Task A_shared_app_opens_to_the_collaborator_until_it_is_taken_back()
    {
        var owner = await api.NewAccountAsync();
        var friend = await api.NewAccountAsync();
        var app = await owner.CreateAppAsync();
        Assert.Equal(404, (await friend.GetAsync($"/apps/{app}")).Status);

        var added = await owner.PostAsync($"/apps/{app}/collaborators", $$"""{"user":"{{friend.Email}}"}""");

        Assert.Equal(201, added.Status);
        Assert.Equal(200, (await friend.GetAsync($"/apps/{app}")).Status);
        var rows = (await friend.GetAsync($"/apps/{app}/collaborators")).Json.AsArray();
        Assert.Equivalent(
            new[] { ("owner", owner.Email), ("collaborator", friend.Email) },
            rows.Select(row => ((string)row!["role"]!, (string)row["user"]!["email"]!))
        );
        Assert.Equal(200, (await owner.GetAsync($"/apps/{app}/collaborators/{Uri.EscapeDataString(friend.Email)}")).Status);

        Assert.Equal(200, (await owner.DeleteAsync($"/apps/{app}/collaborators/{Uri.EscapeDataString(friend.Email)}")).Status);
        Assert.Equal(404, (await friend.GetAsync($"/apps/{app}")).Status);
        Assert.Equal(404, (await owner.DeleteAsync($"/apps/{app}/collaborators/{friend.Email}")).Status);
    }

    [Fact]
    public async Task A_collaborator_may_use_the_app_and_not_give_it_away()
    {
        var owner = await api.NewAccountAsync();
        var friend = await api.NewAccountAsync();
        var app = await owner.CreateAppAsync();
        await owner.PostAsync($"/apps/{app}/collaborators", $$"""{"user":"{{friend.Email}}"}""");

        Assert.Equal(200, (await friend.PatchAsync($"/apps/{app}/config-vars", """{"A":"1"}""")).Status);
        Assert.Equal(404, (await friend.DeleteAsync($"/apps/{app}")).Status);
        Assert.Equal(404, (await friend.PatchAsync($"/apps/{app}", """{"name":"stolen-app"}""")).Status);
        Assert.Equal(404, (await friend.PostAsync($"/apps/{app}/collaborators", $$"""{"user":"{{friend.Email}}"}""")).Status);
        Assert.Equal(200, (await owner.GetAsync($"/apps/{app}")).Status);
    }

    [Theory]
    [InlineData("{}", 422)]
    [InlineData("""{"user":"nobody-at-all@example.com"}""", 404)]
    public async Task Nobody_else_can_be_added(string json, int status)
    {
        var owner = await api.NewAccountAsync();
        Assert.Equal(status, (await owner.PostAsync($"/apps/{await owner.CreateAppAsync()}/collaborators", json)).Status);
    }
}
