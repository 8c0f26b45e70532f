using NeetoDeploy.Core.Builds;

namespace NeetoDeploy.Core.Tests.Builds;

public sealed class RebaseSourceTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_is_written_is_read(bool force)
    {
        var url = RebaseSource.Write(force);
        Assert.Equal((true, force), (RebaseSource.Is(url), RebaseSource.Parse(url).Value));
        Assert.False(ImageSource.Is(url));
    }

    [Theory]
    [InlineData("rebase:Force")]
    [InlineData("rebase://shop")]
    public void What_is_wrong_is_told(string url) =>
        Assert.Contains("'rebase:' or 'rebase:force'", RebaseSource.Parse(url).Error!.Message, StringComparison.Ordinal);

    [Fact]
    public void An_archive_is_no_rebase() => Assert.False(RebaseSource.Is("https://example.com/rebase:"));
}
