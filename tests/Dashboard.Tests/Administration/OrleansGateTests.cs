using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using NeetoDeploy.Dashboard.Administration;

namespace NeetoDeploy.Dashboard.Tests.Administration;

public sealed class OrleansGateTests
{
    [Theory]
    [InlineData("no", "/admin/orleans/index.html", 404)]
    [InlineData(null, "/admin/orleans/index.html", 404)]
    [InlineData("yes", "/admin/orleans/index.html", 200)]
    [InlineData("yes", "/admin/orleans/GrainState", 404)]
    [InlineData("yes", "/admin/orleans/grainstate", 404)]
    public async Task Only_administrators_pass_and_nobody_reads_what_grains_store(string? admin, string path, int status)
    {
        var http = new DefaultHttpContext { Request = { Path = path }, User = Somebody(admin) };
        http.Response.Headers.ContentSecurityPolicy = "default-src 'self'";
        var isThrough = false;

        await new OrleansGate(_ =>
        {
            isThrough = true;
            return Task.CompletedTask;
        }).InvokeAsync(http);

        Assert.Equal((status, status == 200), (http.Response.StatusCode, isThrough));
        Assert.Equal(
            isThrough,
            http.Response.Headers.ContentSecurityPolicy.ToString().EndsWith("; font-src 'self' data:", StringComparison.Ordinal)
        );
    }

    private static ClaimsPrincipal Somebody(string? admin) =>
        admin is null
            ? new ClaimsPrincipal(new ClaimsIdentity())
            : new ClaimsPrincipal(
                new ClaimsIdentity(
                    [
                        new(ClaimTypes.NameIdentifier, Guid.NewGuid().ToString("D")),
                        new(ClaimTypes.Email, "dev@example.com"),
                        new("neeto:admin", admin),
                    ],
                    "test"
                )
            );
}
