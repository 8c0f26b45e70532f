using NeetoDeploy.Api.Tests.Host;

namespace NeetoDeploy.Api.Tests.Features;

public sealed class FeatureEndpointsTests(ApiFixture api)
{
    [Fact]
    public async Task A_feature_of_an_app_is_switched_on_and_off()
    {
        var me = await api.NewAccountAsync();
        var path = $"/apps/{await me.CreateAppAsync()}/features";
        Assert.False((bool)(await me.GetAsync($"{path}/runtime-dyno-metadata")).Json["enabled"]!);

        var on = await me.PatchAsync($"{path}/runtime-dyno-metadata", """{"enabled":true}""");

        Assert.True((bool)on.Json["enabled"]!);
        Assert.Contains((await me.GetAsync(path)).Json.AsArray(), feature => (bool)feature!["enabled"]!);
        Assert.False((bool)(await me.PatchAsync($"{path}/{on.Json["id"]}", """{"enabled":false}""")).Json["enabled"]!);
        Assert.Equal(422, (await me.PatchAsync($"{path}/runtime-dyno-metadata", "{}")).Status);
        Assert.Equal(404, (await me.PatchAsync($"{path}/time-travel", """{"enabled":true}""")).Status);
    }

    [Fact]
    public async Task The_cli_learns_that_repositories_are_ours()
    {
        var me = await api.NewAccountAsync();

        Assert.True((bool)(await me.GetAsync("/account/features/dashboard-repositories-api")).Json["enabled"]!);
        Assert.Equal(404, (await me.GetAsync("/account/features/anything-else")).Status);
    }
}
