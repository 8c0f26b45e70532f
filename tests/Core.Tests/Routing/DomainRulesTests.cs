using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Results;
using NeetoDeploy.Core.Routing;

namespace NeetoDeploy.Core.Tests.Routing;

public sealed class DomainRulesTests
{
    [Theory]
    [InlineData("www.example.com", "www.example.com")]
    [InlineData("WWW.Example.COM.", "www.example.com")]
    [InlineData("*.example.com", "*.example.com")]
    public void A_host_name_is_read_in_any_case(string host, string expected) =>
        Assert.Equal(expected, DomainRules.Parse(host, "localhost").Value.ToString());

    [Theory]
    [InlineData("")]
    [InlineData("example")]
    [InlineData("exa mple.com")]
    [InlineData("http://example.com")]
    [InlineData("example.com:80")]
    [InlineData("127.0.0.1")]
    [InlineData("a..b")]
    [InlineData("-a.com")]
    [InlineData("shop.apps.example.com")]
    [InlineData("apps.example.com")]
    public void What_is_no_host_name_or_belongs_to_the_platform_is_refused(string host) =>
        Assert.Equal(ErrorCodes.DomainInvalid, DomainRules.Parse(host, "apps.example.com").Error?.Code);

    [Fact]
    public void The_default_host_is_the_name_under_the_apps_domain() =>
        Assert.Equal("shop.localhost", DomainRules.DefaultHost(AppName.Parse("shop"), "localhost"));
}
