using NeetoDeploy.Core.Buildpacks;

namespace NeetoDeploy.Core.Tests.Buildpacks;

public sealed class EnvironmentRulesTests
{
    [Theory]
    [InlineData("X", "new", "old", "new")]
    [InlineData("X.override", "new", "old", "new")]
    [InlineData("X.default", "new", "old", "old")]
    [InlineData("X.default", "new", "", "new")]
    [InlineData("X.default", "new", null, "new")]
    [InlineData("X.append", "new", "old", "oldnew")]
    [InlineData("X.append", "new", null, "new")]
    [InlineData("X.prepend", "new", "old", "newold")]
    [InlineData("X.prepend", "new", null, "new")]
    [InlineData("X", "line\n", "old", "line\n")]
    [InlineData("X.unknown", "new", "old", "old")]
    [InlineData("X.append.delim", "new", "old", "old")]
    public void A_file_changes_its_variable_as_its_suffix_says(string file, string content, string? before, string after) =>
        Assert.Equal(after, Apply(before, (file, content)));

    [Theory]
    [InlineData("X.append", "old:new")]
    [InlineData("X.prepend", "new:old")]
    public void A_delimiter_goes_between_the_old_and_the_new(string file, string after)
    {
        Assert.Equal(after, Apply("old", (file, "new"), ("X.delim", ":")));
        Assert.Equal("new", Apply(null, (file, "new"), ("X.delim", ":")));
    }

    [Theory]
    [InlineData("X.append", "X.default", "a")]
    [InlineData("X", "X.append", "ab")]
    [InlineData("X.append", "X.override", "b")]
    [InlineData("X.append", "X.prepend", "ba")]
    public void Files_of_one_folder_act_in_the_order_of_their_names(string first, string second, string after) =>
        Assert.Equal(after, Apply(null, (first, "a"), (second, "b")));

    [Fact]
    public void A_delimiter_alone_changes_nothing() => Assert.Equal("old", Apply("old", ("X.delim", ":")));

    [Fact]
    public void What_a_bare_name_means_is_the_folder_s_matter() =>
        Assert.Equal(
            new EnvironmentChange("X", EnvironmentAction.Default, "v"),
            EnvironmentChange.FromFile("X", "v", EnvironmentAction.Default)
        );

    [Fact]
    public void A_config_var_replaces_a_variable_but_goes_in_front_of_a_search_path()
    {
        var environment = new Dictionary<string, string> { ["PATH"] = "/usr/bin", ["NODE_ENV"] = "production" };

        EnvironmentRules.ApplyPlatform(environment, [new("PATH", "/mine"), new("NODE_ENV", "test"), new("CPATH", "/include")]);

        Assert.Equal("/mine:/usr/bin", environment["PATH"]);
        Assert.Equal("test", environment["NODE_ENV"]);
        Assert.Equal("/include", environment["CPATH"]);
    }

    private static string? Apply(string? before, params (string File, string Content)[] files)
    {
        var environment = new Dictionary<string, string>();
        if (before is not null)
            environment["X"] = before;
        EnvironmentRules.Apply(
            environment,
            [.. files.Select(f => EnvironmentChange.FromFile(f.File, f.Content)).OfType<EnvironmentChange>()]
        );
        return environment.GetValueOrDefault("X");
    }
}
