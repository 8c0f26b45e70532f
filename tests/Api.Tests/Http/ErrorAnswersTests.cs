using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NeetoDeploy.Api.Http;
using NeetoDeploy.Api.Tests.Host;
using NeetoDeploy.Grains.Interfaces.Access;
using Orleans.Runtime;

namespace NeetoDeploy.Api.Tests.Http;

/// <summary>What goes wrong inside a handler comes out as a clean answer.</summary>
public sealed class ErrorAnswersTests(ApiFixture api)
{
    public static TheoryData<Exception, int, string> Failures =>
        new()
        {
            { new InvalidOperationException("the secret is 4711"), 500, "internal_server_error" },
            { new TimeoutException("grain 4711 did not answer"), 503, "unavailable" },
            { new SiloUnavailableException("silo 4711 is gone"), 503, "unavailable" },
            { new AccessDeniedException("not yours: 4711"), 404, "not_found" },
            { new BadHttpRequestException("Request body too large.", 413), 413, "bad_request" },
        };

    [Theory]
    [MemberData(nameof(Failures), DisableDiscoveryEnumeration = true)]
    public async Task A_failure_gives_nothing_away(Exception failure, int status, string id)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<ErrorAnswers>();
        await using var host = builder.Build();
        new ApiRoutes(host).Get("/broken", _ => throw failure, ApiAccess.Public);
        await host.StartAsync(TestContext.Current.CancellationToken);
        using var http = new HttpClient
        {
            BaseAddress = new Uri(host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()),
        };

        var answer = await new ApiClient(http, api.Book, "nobody@example.com", null).GetAsync("/broken");

        Assert.Equal((status, id), (answer.Status, answer.Id));
        Assert.DoesNotContain("4711", answer.Text, StringComparison.Ordinal);
        if (status >= 500)
            Assert.Contains(answer.Headers["Request-Id"], answer.Text, StringComparison.Ordinal);
    }
}
