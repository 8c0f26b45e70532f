using System.Net;
using Microsoft.Extensions.DependencyInjection;
using NeetoDeploy.Api.Tests.Host;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Tests.Storage;

namespace NeetoDeploy.Api.Tests.Accounts;

/// <summary>A program signs in to an installation whose dashboard people sign in to.</summary>
public sealed class SetUpLoginTests : IAsyncLifetime
{
    private readonly ApiFixture api = new();
    private readonly HttpClient browser = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    private IGrainFactory Grains => api.Services.GetRequiredService<IGrainFactory>();

    public async ValueTask InitializeAsync()
    {
        await api.InitializeAsync();
        CallContext.Act(Actor.Platform);
        Assert.True((await Grains.Setup().CompleteAsync(FakeInstallation.SetupSecret, "dev@example.com", "a short sentence")).IsOk);
    }

    [Fact]
    public async Task Consent_is_asked_for_in_the_dashboard_and_a_token_counts_for_nothing_any_more()
    {
        var cancel = TestContext.Current.CancellationToken;
        var me = await api.NewAccountAsync();
        var begun = await api.ClientThatSays(null).PostAsync("/auth", """{"description":"CLI"}""");
        var waiting = api.ClientThatSays($"Bearer {begun.Json["token"]}").GetAsync((string)begun.Json["cli_url"]!);
        var page = new Uri(new Uri(api.PublicUrl), (string)begun.Json["browser_url"]!);

        using var form = new FormUrlEncodedContent([new("token", me.Authorization!["Bearer ".Length..])]);
        using var pasted = await browser.PostAsync(page, form, cancel);
        using var asked = await browser.GetAsync(page, cancel);

        Assert.Equal((HttpStatusCode.Redirect, asked.StatusCode), (pasted.StatusCode, HttpStatusCode.Redirect));
        var target = asked.Headers.Location!.ToString();
        Assert.StartsWith("/dashboard/login/", target, StringComparison.Ordinal);
        var login = Grains.Login(Guid.Parse(target["/dashboard/login/".Length..]));

        // What the dashboard's page does.
        CallContext.Act(Actor.Platform);
        var dev = (await Grains.Account("dev@example.com").GetAsync())!;
        CallContext.Act(new Actor(dev.Id, dev.Email, dev.IsAdmin));
        Assert.Equal(("CLI", "127.0.0.1"), (await login.GetAsync()) is { } asks ? (asks.Description, asks.From) : default);
        Assert.True((await login.ApproveAsync()).IsOk);

        var program = api.Client("dev@example.com", (string)(await waiting).Json["access_token"]!);
        Assert.Equal("dev@example.com", (string?)(await program.GetAsync("/account")).Json["email"]);
    }

    public async ValueTask DisposeAsync()
    {
        browser.Dispose();
        await api.DisposeAsync();
    }
}
