using Microsoft.AspNetCore.Http;
using NeetoDeploy.Dashboard.Runs;

namespace NeetoDeploy.Dashboard.Tests.Runs;

public sealed class ConsoleEndpointTests
{
    [Theory]
    [InlineData("http://127.0.0.1:5000", "127.0.0.1:5000", true)]
    [InlineData("https://Deploy.example", "deploy.example", true)]
    [InlineData("http://127.0.0.1:5001", "127.0.0.1:5000", false)]
    [InlineData("https://deploy.example.evil.example", "deploy.example", false)]
    [InlineData("https://evil.example/deploy.example", "deploy.example", false)]
    [InlineData("null", "deploy.example", false)]
    [InlineData(null, "deploy.example", false)]
    public void Only_pages_of_this_very_host_open_consoles(string? origin, string host, bool mayOpen)
    {
        var request = new DefaultHttpContext().Request;
        request.Host = new HostString(host);
        request.Headers.Origin = origin;

        Assert.Equal(mayOpen, ConsoleEndpoint.IsOwnPage(request));
    }
}
