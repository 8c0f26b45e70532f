using System.Text.Json;
using NeetoDeploy.Api.Tests.Host;

namespace NeetoDeploy.Api.Tests.ConfigVars;

public sealed class ConfigVarEndpointsTests(ApiFixture api)
{
    [Fact]
    public async Task A_patch_sets_and_removes_and_makes_one_release()
    {
        var me = await api.NewAccountAsync();
        var app = await me.CreateAppAsync();
        await me.PatchAsync($"/apps/{app}/config-vars", """{"A":"1","B":"2"}""");

        var patched = await me.PatchAsync($"/apps/{app}/config-vars", """{"A":null,"C":"ü \"quoted\" $(id)\n"}""");

        Assert.Equal("2", (string?)patched.Json["B"]);
        Assert.Equal("ü \"quoted\" $(id)\n", (string?)patched.Json["C"]);
        Assert.Null(patched.Json["A"]);
        Assert.Equal(patched.Text, (await me.GetAsync($"/apps/{app}/config-vars")).Text);
        Assert.Equal(4, (int)(await me.GetAsync($"/apps/{app}/releases/current")).Json["version"]!);
        Assert.Equal("1", (string?)(await me.GetAsync($"/apps/{app}/releases/3/config-vars")).Json["A"]);
    }

    [Fact]
    public async Task A_patch_that_changes_nothing_makes_no_release()
    {
        var me = await api.NewAccountAsync();
        var app = await me.CreateAppAsync();
        await me.PatchAsync($"/apps/{app}/config-vars", """{"A":"1"}""");

        await me.PatchAsync($"/apps/{app}/config-vars", """{"A":"1"}""");

        Assert.Equal(3, (await me.GetAsync($"/apps/{app}/releases")).Json.AsArray().Count);
    }

    public static TheoryData<string, int> Refused =>
        new()
        {
            { """{"$(id)":"1"}""", 422 },
            { """{"A B":"1"}""", 422 },
            { """{"1A":"1"}""", 422 },
            { """{"":"1"}""", 422 },
            { """{"A\n":"1"}""", 422 },
            { """{"A\u0000":"1"}""", 422 },
            { """{"A":"1\u00002"}""", 422 },
            { """{"A":1}""", 422 },
            { """{"A":{"B":"1"}}""", 422 },
            { """["A"]""", 422 },
            { "null", 422 },
            { """{"A":"\ud800"}""", 422 },
            { """{"A":"1" """, 400 },
            { "A=1", 400 },
            { $$"""{"A":"{{new string('x', 65_537)}}"}""", 422 },
            { $$"""{"A":"{{new string('x', 2_000_000)}}"}""", 413 },
        };

    [Theory]
    [MemberData(nameof(Refused), DisableDiscoveryEnumeration = true)]
    public async Task What_cannot_be_a_config_var_is_refused_and_loses_nothing(string json, int status)
    {
        var me = await api.NewAccountAsync();
        var app = await me.CreateAppAsync();
        await me.PatchAsync($"/apps/{app}/config-vars", """{"KEPT":"1"}""");

        var refused = await me.PatchAsync($"/apps/{app}/config-vars", json);

        Assert.Equal(status, refused.Status);
        Assert.Equal("""{"KEPT":"1"}""", JsonSerializer.Serialize((await me.GetAsync($"/apps/{app}/config-vars")).Json));
    }
}
