using NeetoDeploy.Builder.Sources;

namespace NeetoDeploy.Builder.Tests.Sources;

public sealed class SlugIgnoreTests
{
    [Theory]
    [InlineData("*.log", "a.log", true)]
    [InlineData("*.log", "deep/a.log", true)]
    [InlineData("*.log", "a.logs", false)]
    [InlineData("/a.log", "deep/a.log", false)]
    [InlineData("deep/*.log", "deep/a.log", true)]
    [InlineData("deep/*.log", "very/deep/a.log", false)]
    [InlineData("file?", "file1", true)]
    [InlineData("file?", "file/", false)]
    [InlineData("a+b", "a+b", true)]
    [InlineData("[a-c].txt", "b.txt", true)]
    [InlineData("[!a-c].txt", "b.txt", false)]
    [InlineData("[!a]", "x/b", true)]
    [InlineData("x[!a]b", "x/b", false)]
    [InlineData("[a", "[a", true)]
    [InlineData("folder/", "folder", false)]
    [InlineData("!kept", "kept", false)]
    [InlineData("a/**/z", "a/z", true)]
    [InlineData("a/**/z", "a/b/c/z", true)]
    public void Patterns_match_as_in_gitignore(string pattern, string path, bool excluded) =>
        Assert.Equal(excluded, new SlugIgnore([pattern]).Excludes(path, isFolder: false));
}
