using NeetoDeploy.Drivers.Abstractions.Dynos;
using NeetoDeploy.Drivers.Docker.Dynos;

namespace NeetoDeploy.Drivers.Tests.Docker;

public sealed class DynoUserTests
{
    [Theory]
    [InlineData("1234:1235", "1234:1235")]
    [InlineData("1234", "1234:1234")]
    [InlineData(null, "1000:1000")]
    [InlineData("", "1000:1000")]
    [InlineData("heroku", "1000:1000")]
    [InlineData("0", "1000:1000")]
    [InlineData("0:0", "1000:1000")]
    [InlineData("00:1000", "1000:1000")]
    [InlineData("1234:0", "1000:1000")]
    [InlineData("1234:root", "1000:1000")]
    [InlineData("1:2:3", "1000:1000")]
    [InlineData("-1", "1000:1000")]
    [InlineData("4294967296", "1000:1000")]
    public void An_image_s_user_is_followed_by_number_and_never_root(string? said, string user) =>
        Assert.Equal(user, DynoUser.Of(new DynoStart.Process("web"), said));

    [Fact]
    public void What_a_Dockerfile_says_is_not_followed() => Assert.Equal("1000:1000", DynoUser.Of(new DynoStart.Image([]), "1234:1234"));
}
