using NeetoDeploy.Core.Builds;
using NeetoDeploy.Core.Results;

namespace NeetoDeploy.Core.Tests.Builds;

public sealed class BuildpackNamesTests
{
    [Theory]
    [InlineData("heroku/nodejs", "heroku/nodejs")]
    [InlineData("urn:buildpack:heroku/nodejs", "heroku/nodejs")]
    [InlineData("https://github.com/heroku/heroku-buildpack-apt.git#v1", "https://github.com/heroku/heroku-buildpack-apt.git#v1")]
    public void Each_form_has_one_spelling(string text, string expected) => Assert.Equal(expected, BuildpackNames.Parse(text).Value.Url);

    [Theory]
    [InlineData("")]
    [InlineData("nodejs")]
    [InlineData("heroku/../etc")]
    [InlineData("file:///etc/passwd")]
    [InlineData("heroku/nodejs; rm -rf /")]
    [InlineData("heroku/nodejs\n")]
    public void Anything_else_is_refused(string text) => Assert.Equal(ErrorCodes.BuildpackUnknown, BuildpackNames.Parse(text).Error?.Code);
}
