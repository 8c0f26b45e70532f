using NeetoDeploy.Core.Buildpacks;
using NeetoDeploy.Core.Results;

namespace NeetoDeploy.Core.Tests.Buildpacks;

public sealed class BuildpackSourceTests
{
    [Theory]
    [InlineData("heroku/nodejs", "named heroku/nodejs")]
    [InlineData("https://github.com/heroku/heroku-buildpack-apt", "git https://github.com/heroku/heroku-buildpack-apt at ")]
    [InlineData("https://github.com/x/y.git#feature/z", "git https://github.com/x/y.git at feature/z")]
    [InlineData("http://x.test:8080/y#v1.2", "git http://x.test:8080/y at v1.2")]
    [InlineData("https://x.test/y.tgz", "archive https://x.test/y.tgz")]
    [InlineData("https://x.test/y.tar.gz?v=1", "archive https://x.test/y.tar.gz?v=1")]
    [InlineData("https://codeload.github.com/x/y/tar.gz/main", "archive https://codeload.github.com/x/y/tar.gz/main")]
    [InlineData("https://github.com/x/y/tarball/main", "archive https://github.com/x/y/tarball/main")]
    [InlineData("https://x.test/y.cnb", "package https://x.test/y.cnb")]
    [InlineData("docker://heroku/buildpack-nodejs:3", "image heroku/buildpack-nodejs:3")]
    [InlineData("docker://localhost:5000/x/y", "image localhost:5000/x/y")]
    [InlineData("urn:cnb:registry:heroku/java", "registered heroku/java at ")]
    [InlineData("urn:cnb:registry:heroku/java@1.2.3", "registered heroku/java at 1.2.3")]
    [InlineData("./buildpacks/mine/", "folder buildpacks/mine")]
    public void Each_form_is_understood(string text, string expected) => Assert.Equal(expected, Show(BuildpackSource.Parse(text).Value));

    [Theory]
    [InlineData("", "give a name such as")]
    [InlineData("nodejs", "give a name such as")]
    [InlineData("git@github.com:x/y.git", "give a name such as")]
    [InlineData("ssh://git@github.com/x/y", "give a name such as")]
    [InlineData("file:///etc", "give a name such as")]
    [InlineData("./../x", "give a name such as")]
    [InlineData("/etc", "give a name such as")]
    [InlineData("docker://x", "give a name such as")]
    [InlineData("https://x.test/y.zip", "is a zip archive")]
    [InlineData("https://x.test/y#-upload-pack=x", "cannot be a branch")]
    [InlineData("https://x.test/y#a..b", "cannot be a branch")]
    [InlineData("https://x.test/y#a%20b", "cannot be a branch")]
    [InlineData("https://x.test/y\"\ninjected = 1", "give a name such as")]
    public void Anything_else_is_refused_with_a_reason(string text, string reason)
    {
        var refused = BuildpackSource.Parse(text).Error!;
        Assert.Equal(ErrorCodes.BuildpackUnknown, refused.Code);
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_password_in_a_URL_is_refused_and_not_repeated()
    {
        var refused = BuildpackSource.Parse("https://user:hunter2@github.com/x/y").Error!;
        Assert.Contains("may not hold a user or password", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", refused.Message, StringComparison.Ordinal);
    }

    private static string Show(BuildpackSource source) =>
        source.Match(
            named => $"named {named.Name}",
            repository => $"git {repository.Url} at {repository.Reference}",
            archive => $"archive {archive.Url}",
            package => $"package {package.Url}",
            image => $"image {image.Reference}",
            registered => $"registered {registered.Name} at {registered.Version}",
            folder => $"folder {folder.Path}"
        );
}
