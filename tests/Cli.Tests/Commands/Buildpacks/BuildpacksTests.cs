using System.Text.Json;
using NeetoDeploy.Api.Contracts.Buildpacks;
using NeetoDeploy.Api.Contracts.Json;
using NeetoDeploy.Cli.Tests.Harness;

namespace NeetoDeploy.Cli.Tests.Commands.Buildpacks;

/// <summary>In the words of Heroku's CLI.</summary>
public sealed class BuildpacksTests
{
    private const string Path = "/apps/shop/buildpack-installations";

    private static readonly BuildpackInstallationResource[] One = [Examples.Buildpack(0, "heroku/nodejs")];

    private static readonly BuildpackInstallationResource[] Two = [.. One, Examples.Buildpack(1, "heroku/ruby")];

    [Fact]
    public async Task Buildpacks_are_listed_in_their_order()
    {
        await using var edge = await EdgeAsync(Two);

        (await Neeto.RunAsync(edge, "buildpacks", "-a", "shop")).Shows(
            """
            === shop Buildpacks
            1. heroku/nodejs
            2. heroku/ruby
            """
        );
        (await Neeto.RunAsync(edge, "buildpacks", "-a", "shop", "--json")).ShowsJson(
            JsonSerializer.Serialize(Two, ApiJson.Default.BuildpackInstallationResourceArray)
        );
    }

    [Fact]
    public async Task A_single_one_has_no_number_and_none_is_said()
    {
        await using var one = await EdgeAsync(One);
        await using var none = await EdgeAsync([]);

        (await Neeto.RunAsync(one, "buildpacks", "-a", "shop")).Shows("=== shop Buildpack\nheroku/nodejs");
        (await Neeto.RunAsync(none, "buildpacks", "-a", "shop")).Shows("shop has no Buildpacks.");
    }

    [Theory]
    [InlineData("", "urn:buildpack:heroku/nodejs urn:buildpack:heroku/ruby heroku/go")]
    [InlineData("1", "heroku/go urn:buildpack:heroku/nodejs urn:buildpack:heroku/ruby")]
    [InlineData("2", "urn:buildpack:heroku/nodejs heroku/go urn:buildpack:heroku/ruby")]
    [InlineData("9", "urn:buildpack:heroku/nodejs urn:buildpack:heroku/ruby heroku/go")]
    public async Task Add_puts_one_at_the_end_or_before_the_one_that_has_its_place(string index, string sent) =>
        Assert.Equal(sent, await SentAsync(Two, ["buildpacks:add", "heroku/go", .. Index(index)]));

    [Theory]
    [InlineData("", "heroku/go urn:buildpack:heroku/ruby")]
    [InlineData("2", "urn:buildpack:heroku/nodejs heroku/go")]
    [InlineData("9", "urn:buildpack:heroku/nodejs urn:buildpack:heroku/ruby heroku/go")]
    public async Task Set_takes_the_place_of_the_first_or_of_the_one_that_is_named(string index, string sent) =>
        Assert.Equal(sent, await SentAsync(Two, ["buildpacks:set", "heroku/go", .. Index(index)]));

    [Fact]
    public async Task Several_that_are_set_are_the_whole_list() =>
        Assert.Equal("heroku/go heroku/php", await SentAsync(Two, ["buildpacks:set", "heroku/go", "heroku/php"]));

    [Theory]
    [InlineData("heroku/nodejs", "")]
    [InlineData("urn:buildpack:heroku/nodejs", "")]
    [InlineData("", "1")]
    public async Task Remove_takes_a_name_or_a_place(string name, string index) =>
        Assert.Equal(
            "urn:buildpack:heroku/ruby",
            await SentAsync(Two, ["buildpacks:remove", .. name.Length == 0 ? [] : new[] { name }, .. Index(index)])
        );

    [Fact]
    public async Task A_change_says_what_the_next_release_uses()
    {
        await using var edge = await EdgeAsync([]);
        edge.On($"PUT {Path}", One, ApiJson.Default.BuildpackInstallationResourceArray);
        edge.On($"PUT {Path}", Two, ApiJson.Default.BuildpackInstallationResourceArray);

        (await Neeto.RunAsync(edge, "buildpacks:set", "heroku/nodejs", "-a", "shop")).Shows(
            """
            Buildpack set. Next release on shop will use heroku/nodejs.
            Run git push neeto main to create a new release using this buildpack.
            """
        );
        (await Neeto.RunAsync(edge, "buildpacks:add", "heroku/ruby", "-a", "shop")).Shows(
            """
            Buildpack added. Next release on shop will use:
              1. heroku/nodejs
              2. heroku/ruby
            Run git push neeto main to create a new release using these buildpacks.
            """
        );
        (await Neeto.RunAsync(edge, "buildpacks:add", "heroku/ruby", "-a", "shop", "--json")).ShowsJson(
            JsonSerializer.Serialize(Two, ApiJson.Default.BuildpackInstallationResourceArray)
        );
    }

    [Fact]
    public async Task Clear_and_the_removal_of_the_last_one_bring_detection_back()
    {
        await using var edge = await EdgeAsync(One);
        edge.On($"PUT {Path}", [], ApiJson.Default.BuildpackInstallationResourceArray);
        edge.On("GET /apps/shop/config-vars", 200, "{}");

        (await Neeto.RunAsync(edge, "buildpacks:clear", "-a", "shop")).Shows(
            "Buildpacks cleared. Next release on shop will detect buildpacks normally."
        );
        (await Neeto.RunAsync(edge, "buildpacks:remove", "heroku/nodejs", "-a", "shop")).Shows(
            "Buildpack removed. Next release on shop will detect buildpacks normally."
        );
        (await Neeto.RunAsync(edge, "buildpacks:clear", "-a", "shop", "--json")).ShowsJson("[]");
        Assert.Equal("""{"updates":[]}""", edge.Requests[0].Text);
    }

    [Theory, InlineData("BUILDPACK_URL"), InlineData("LANGUAGE_PACK_URL")]
    public async Task Clear_warns_of_a_config_var_that_names_a_buildpack(string name)
    {
        await using var edge = await EdgeAsync(One);
        edge.On($"PUT {Path}", [], ApiJson.Default.BuildpackInstallationResourceArray);
        edge.On("GET /apps/shop/config-vars", 200, $$"""{"{{name}}":"https://example.com/x.git"}""");

        var result = await Neeto.RunAsync(edge, "buildpacks:clear", "-a", "shop");

        Assert.Equal("Buildpacks cleared.\n", result.Output);
        Assert.Equal($"Warning: The {name} config var is still set and will be used for the next release\n", result.Error);
    }

    [Theory]
    [InlineData(2, 1, "Error: The buildpack heroku/ruby is already set on your app.", "buildpacks:add", "heroku/ruby")]
    [InlineData(2, 1, "Error: The buildpack heroku/ruby is already set on your app.", "buildpacks:set", "heroku/ruby")]
    [InlineData(2, 1, "Error: Buildpack not found. Nothing was removed.", "buildpacks:remove", "heroku/go")]
    [InlineData(2, 1, "Error: Invalid index. Please choose a value between 1 and 2", "buildpacks:remove", "-i", "3")]
    [InlineData(1, 1, "Error: Invalid index. Only valid value is 1.", "buildpacks:remove", "--index", "2")]
    [InlineData(0, 1, "Error: No buildpacks were found. Next release on shop will detect buildpack normally.", "buildpacks:remove", "x/y")]
    [InlineData(0, 2, "Error: Invalid index. Must be greater than 0.", "buildpacks:add", "x/y", "-i", "0")]
    [InlineData(0, 2, "Error: Please choose either index or Buildpack, but not both.", "buildpacks:remove", "x/y", "-i", "1")]
    [InlineData(0, 2, "Error: Must specify a buildpack to remove, either by index or URL.", "buildpacks:remove")]
    [InlineData(0, 2, "Error: --index says where one buildpack goes, and here are several.", "buildpacks:set", "a/b", "c/d", "-i", "1")]
    public async Task What_cannot_be_done_says_why_and_changes_nothing(int installed, int exitCode, string error, params string[] words)
    {
        await using var edge = await EdgeAsync(Two[..installed]);

        var result = await Neeto.RunAsync(edge, [.. words, "-a", "shop"]);

        Assert.Equal((exitCode, "", error), (result.ExitCode, result.Output, result.Error.Split('\n')[0]));
        Assert.DoesNotContain(edge.Requests, request => request.Line.StartsWith("PUT", StringComparison.Ordinal));
    }

    private static async Task<ScriptedEdge> EdgeAsync(BuildpackInstallationResource[] installed) =>
        (await ScriptedEdge.StartAsync()).On($"GET {Path}", installed, ApiJson.Default.BuildpackInstallationResourceArray);

    private static string[] Index(string index) => index.Length == 0 ? [] : ["--index", index];

    /// <summary>What a command makes of a list, as it asks the API for it.</summary>
    private static async Task<string> SentAsync(BuildpackInstallationResource[] installed, string[] words)
    {
        await using var edge = await EdgeAsync(installed);
        edge.On($"PUT {Path}", One, ApiJson.Default.BuildpackInstallationResourceArray);
        var result = await Neeto.RunAsync(edge, [.. words, "-a", "shop"]);
        Assert.True(result.ExitCode == 0, result.Error);
        var sent = JsonSerializer.Deserialize(edge.Single($"PUT {Path}").Text, ApiJson.Default.SetBuildpacksRequest)!;
        return string.Join(' ', sent.Updates!.Select(update => update.Buildpack));
    }
}
