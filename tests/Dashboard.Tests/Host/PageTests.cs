using System.Security.Claims;
using Bunit;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Dashboard.Access;
using NeetoDeploy.Dashboard.Apps;
using NeetoDeploy.Dashboard.Layout;
using NeetoDeploy.Dashboard.Live;
using NeetoDeploy.Dashboard.Releases;
using NeetoDeploy.Dashboard.Teams;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Interfaces.Apps;
using NeetoDeploy.Grains.Interfaces.Installations;
using NeetoDeploy.Grains.Tests.Cluster;
using NeetoDeploy.LogRelay.Logs;

namespace NeetoDeploy.Dashboard.Tests.Host;

/// <summary>Whole pages on the real grains, whose drivers, stores and clock are fakes. Only the browser is missing.</summary>
public abstract class PageTests : BunitContext, IClassFixture<ClusterFixture>
{
    protected PageTests(ClusterFixture cluster)
    {
        Cluster = cluster;
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddSingleton(cluster.Grains);
        Services.AddSingleton<TimeProvider>(cluster.Clock);
        Services.AddSingleton(new InstallationView("localhost:8080", "https://localhost:5443", ["neeto-12"]));
        Services.AddMudServices();
        Services.AddSingleton<LogFanout>();
        Services.AddSingleton<ControlPlane>();
        Services.AddSingleton<AppNewsFeed>();
        Services.AddScoped<Viewer>();
        Services.AddScoped<AddressBar>();
        Services.AddScoped<AppWatch>();
        Services.AddScoped<Rollback>();
        Services.AddScoped<OwnTeams>();
    }

    protected ClusterFixture Cluster { get; }

    /// <summary>Who looks at the pages from here on; and how they sign out.</summary>
    protected BunitAuthorizationContext SignIn(Actor actor)
    {
        var authentication = this.AddAuthorization()
            .SetAuthorized(actor.Email)
            .SetClaims(
                new Claim(ClaimTypes.NameIdentifier, actor.Id.Value.ToString("D")),
                new Claim(ClaimTypes.Email, actor.Email),
                new Claim("neeto:admin", actor.IsAdmin ? "yes" : "no")
            );
        SetRendererInfo(new("Server", isInteractive: true));
        return authentication;
    }

    protected async Task<Actor> NewAccountAsync(bool isAdmin = false)
    {
        CallContext.Act(Actor.Platform);
        var account = (await Cluster.Grains.Account($"a{Guid.NewGuid():N}@example.com").CreateAsync(isAdmin)).Value;
        return new Actor(account.Id, account.Email, account.IsAdmin);
    }

    protected async Task<AppView> NewAppAsync(Actor owner)
    {
        CallContext.Act(owner);
        return (await Cluster.Grains.App(new AppId(Guid.NewGuid())).CreateAsync(new CreateApp(null, null))).Value;
    }

    /// <summary>Waits for what the page shows; the clock goes on meanwhile.</summary>
    protected Task ShowsAsync(IRenderedComponent<IComponent> page, string text) =>
        Eventually.SeesAsync(
            $"'{text}' in the page",
            () => Task.FromResult(page.Markup),
            markup => markup.Contains(text, StringComparison.Ordinal),
            () => Cluster.Clock.Advance(TimeSpan.FromMilliseconds(100))
        );
}
