using NeetoDeploy.Builder.Dockerfiles;

namespace NeetoDeploy.Builder.Tests.Dockerfiles;

public sealed class DockerIgnoreTests
{
    [Theory]
    [InlineData("node_modules", "node_modules", true)]
    [InlineData("node_modules", "node_modules/express/index.js", true)]
    [InlineData("node_modules", "packages/node_modules", false)]
    [InlineData("/node_modules/", "node_modules/a", true)]
    [InlineData("./log", "log", true)]
    [InlineData("*.md", "README.md", true)]
    [InlineData("*.md", "docs/README.md", false)]
    [InlineData("**/*.md", "docs/deep/README.md", true)]
    [InlineData("**/*.md", "README.md", true)]
    [InlineData("docs/**", "docs/deep/README.md", true)]
    [InlineData("a/**/b", "a/b", true)]
    [InlineData("a/**/b", "a/x/y/b", true)]
    [InlineData("temp?", "tempa", true)]
    [InlineData("temp?", "temp/", false)]
    [InlineData("[ab].txt", "b.txt", true)]
    [InlineData("\\*.txt", "a.txt", false)]
    [InlineData("\\*.txt", "*.txt", true)]
    [InlineData("a.b", "axb", false)]
    [InlineData("# a", "# a", false)]
    [InlineData("*\n!keep", "keep", false)]
    [InlineData("*\n!keep", "keep/inside", false)]
    [InlineData("!keep\n*", "keep", true)]
    [InlineData("docs\n!docs/README.md", "docs/README.md", false)]
    [InlineData("docs\n!docs/README.md", "docs/other.md", true)]
    [InlineData("[", "[", true)]
    [InlineData("(a|b)+$", "(a|b)+$", true)]
    public void A_path_is_left_out_as_Docker_s_reference_says(string rules, string path, bool excluded) =>
        Assert.Equal(excluded, new DockerIgnore(rules.Split('\n')).Excludes(path));

    [Fact]
    public void No_pattern_takes_long() =>
        Assert.False(new DockerIgnore([string.Concat(Enumerable.Repeat("*a", 200))]).Excludes(new string('a', 4000) + "b"));
}
