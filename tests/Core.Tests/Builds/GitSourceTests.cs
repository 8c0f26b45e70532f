using NeetoDeploy.Core.Builds;
using NeetoDeploy.Core.Results;

namespace NeetoDeploy.Core.Tests.Builds;

public sealed class GitSourceTests
{
    [Theory]
    [InlineData("https://code.example/team/shop.git", "https://code.example/team/shop.git", null)]
    [InlineData("git+https://code.example/shop#main", "https://code.example/shop", "main")]
    [InlineData("http://code.example:3000/shop#v1.2/x", "http://code.example:3000/shop", "v1.2/x")]
    public void A_repository_is_named_with_its_reference_and_comes_back_the_same(string text, string repository, string? reference)
    {
        var source = GitSource.Parse(text).Value;
        Assert.Equal((new Uri(repository), reference), (source.Repository, source.Reference));
        Assert.True(GitSource.Is(source.Write()));
        Assert.Equal(source, GitSource.Parse(source.Write()).Value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("shop")]
    [InlineData("file:///etc")]
    [InlineData("ssh://git@code.example/shop")]
    [InlineData("git@code.example:shop.git")]
    [InlineData("ext::sh -c id")]
    [InlineData("https://")]
    [InlineData("https://me:secret@code.example/shop")]
    [InlineData("https://code.example/shop#--upload-pack=id")]
    [InlineData("https://code.example/shop#a..b")]
    [InlineData("https://code.example/shop#a b")]
    [InlineData("https://code.example/\nshop")]
    public void Anything_else_is_refused(string text) => Assert.Equal(ErrorCodes.SourceInvalid, GitSource.Parse(text).Error?.Code);
}
