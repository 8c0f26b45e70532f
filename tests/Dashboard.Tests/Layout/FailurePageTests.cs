using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using NeetoDeploy.Dashboard.Layout;
using Orleans.Runtime;

namespace NeetoDeploy.Dashboard.Tests.Layout;

public sealed class FailurePageTests
{
    [Fact]
    public async Task An_outage_is_a_page_that_comes_back_by_itself()
    {
        using var answer = await AskAsync("/dashboard/apps/shop", () => throw new SiloUnavailableException("the canary"));

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "5"), (answer.StatusCode, answer.Headers.RetryAfter?.ToString()));
        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("Waiting for the control plane", page, StringComparison.Ordinal);
        Assert.Contains("http-equiv=\"refresh\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", page, StringComparison.Ordinal);
        Assert.Contains("script-src 'self'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mistake_of_ours_is_a_page_that_tells_nothing_of_it_and_does_not_ask_again_by_itself()
    {
        using var answer = await AskAsync("/dashboard/", () => throw new InvalidOperationException("the canary"));

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("This page has failed", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http-equiv=\"refresh\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_fails_elsewhere_in_the_host_is_not_the_dashboards_to_answer()
    {
        using var answer = await AskAsync("/apps/shop", () => throw new InvalidOperationException("the canary"));

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Asks a host for a page that fails so.</summary>
    private static async Task<HttpResponseMessage> AskAsync(string path, Func<Task> fail)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var host = builder.Build();
        host.UseFailurePage();
        host.Run(_ => fail());
        await host.StartAsync(TestContext.Current.CancellationToken);
        using var http = new HttpClient { BaseAddress = new Uri(host.Urls.Single()) };
        return await http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
    }
}
