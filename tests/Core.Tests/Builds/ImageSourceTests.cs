using NeetoDeploy.Core.Builds;

namespace NeetoDeploy.Core.Tests.Builds;

public sealed class ImageSourceTests
{
    [Fact]
    public void What_is_written_is_read()
    {
        KeyValuePair<string, string>[] images =
        [
            new("web", "registry.example:5000/team/shop:7"),
            new("worker", $"sha256:{new string('a', 64)}"),
            new("clock", "shop@sha256:" + new string('b', 64)),
        ];
        Assert.Equal(images.OrderBy(image => image.Key), ImageSource.Parse(ImageSource.Write(images)).Value);
    }

    [Theory]
    [InlineData("image:", "'' is not a process type")]
    [InlineData("image:shop:7", "'' is not a process type")]
    [InlineData("image:my web=shop", "'my web' is not a process type")]
    [InlineData("image:web=", "'' names no image")]
    [InlineData("image:web=-v", "'-v' names no image")]
    [InlineData("image:web=a b", "'a b' names no image")]
    [InlineData("image:web=a,web=b", "web is named twice")]
    public void What_is_wrong_is_told(string url, string reason) =>
        Assert.Contains(reason, ImageSource.Parse(url).Error!.Message, StringComparison.Ordinal);

    [Fact]
    public void An_archive_is_no_image() => Assert.False(ImageSource.Is("https://example.com/image:web"));
}
