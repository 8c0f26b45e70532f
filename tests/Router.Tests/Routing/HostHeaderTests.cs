using NeetoDeploy.Router.Routing;

namespace NeetoDeploy.Router.Tests.Routing;

public sealed class HostHeaderTests
{
    [Theory]
    [InlineData("shop.localhost", "shop.localhost")]
    [InlineData("shop.localhost:8080", "shop.localhost")]
    [InlineData("SHOP.Localhost", "shop.localhost")]
    [InlineData("shop.localhost.", "shop.localhost")]
    [InlineData("shop.localhost.:80", "shop.localhost")]
    [InlineData("a_b.example.com", "a_b.example.com")]
    [InlineData("127.0.0.1:1", "127.0.0.1")]
    public void The_name_is_read_in_lower_case_without_port(string header, string expected)
    {
        Span<char> buffer = stackalloc char[253];
        Assert.True(HostHeader.TryRead(header, buffer, out var host));
        Assert.Equal(expected, host.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData(":80")]
    [InlineData("a..b")]
    [InlineData(".a")]
    [InlineData("*.example.com")]
    [InlineData("a b")]
    [InlineData("a/b")]
    [InlineData("a@b")]
    [InlineData("a:b")]
    [InlineData("a:8080:1")]
    [InlineData("a:808080")]
    [InlineData("[::1]:80")]
    [InlineData("münchen.de")]
    [InlineData("a\"b")]
    public void What_no_host_can_be_named_is_refused(string header)
    {
        Span<char> buffer = stackalloc char[253];
        Assert.False(HostHeader.TryRead(header, buffer, out _));
    }

    [Fact]
    public void A_name_of_more_than_253_characters_is_refused()
    {
        Span<char> buffer = stackalloc char[253];
        Assert.False(HostHeader.TryRead(new string('A', 254), buffer, out _));
        Assert.True(HostHeader.TryRead(new string('A', 253), buffer, out _));
    }
}
