using NeetoDeploy.Dashboard.Accounts;

namespace NeetoDeploy.Dashboard.Tests.Accounts;

public sealed class DestinationTests
{
    [Theory]
    [InlineData(null, "/dashboard/")]
    [InlineData("", "/dashboard/")]
    [InlineData("apps/shop/logs?text=a%3Ab", "/dashboard/apps/shop/logs?text=a%3Ab")]
    [InlineData("/dashboard/apps/shop", "/dashboard/apps/shop")]
    [InlineData("https://evil.example", "/dashboard/")]
    [InlineData("//evil.example", "/dashboard/evil.example")]
    [InlineData("/dashboard//evil.example", "/dashboard/evil.example")]
    [InlineData("/\\evil.example", "/dashboard/")]
    [InlineData("javascript:alert(1)", "/dashboard/")]
    [InlineData("a\r\nSet-Cookie: x", "/dashboard/")]
    public void Nobody_is_led_to_another_site(string? wanted, string expected) => Assert.Equal(expected, Destination.Within(wanted));
}
