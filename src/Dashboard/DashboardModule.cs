using Microsoft.AspNetCore.DataProtection;
using MudBlazor.Services;
using NeetoDeploy.Dashboard.Access;
using NeetoDeploy.Dashboard.Administration;
using NeetoDeploy.Dashboard.Apps;
using NeetoDeploy.Dashboard.ConfigVars;
using NeetoDeploy.Dashboard.Layout;
using NeetoDeploy.Dashboard.Live;
using NeetoDeploy.Dashboard.Logs;
using NeetoDeploy.Dashboard.Releases;
using NeetoDeploy.Dashboard.Runs;
using NeetoDeploy.Dashboard.Teams;
using NeetoDeploy.Grains.Interfaces.Installations;
using Orleans.Dashboard;

namespace NeetoDeploy.Dashboard;

/// <summary>The dashboard as a part of a host. The host brings the grains, the reading of logs and <see cref="InstallationView"/>.</summary>
public static class DashboardModule
{
    public static IServiceCollection AddDashboard(this IServiceCollection services, DashboardOptions options)
    {
        services.AddSingleton(options);
        services.AddDataProtection().SetApplicationName("neetodeploy").PersistKeysToFileSystem(new DirectoryInfo(options.KeysFolder));
        services.AddSessionCookies();
        services.AddAuthorization();
        services.AddCascadingAuthenticationState();
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddMudServices();
        services.AddScoped<Viewer>();
        services.AddScoped<AddressBar>();
        services.AddSingleton<ControlPlane>();
        services.AddScoped<AppWatch>();
        services.AddScoped<Rollback>();
        services.AddSingleton<AppNewsFeed>();
        services.AddScoped<OwnTeams>();
        return services;
    }

    /// <summary>Adds everything below <see cref="DashboardOptions.Path"/>, and leads browsers there that ask for the host alone.</summary>
    public static void UseDashboard(this WebApplication app)
    {
        // Finding out who asks can fail as everything can, and so comes behind what answers for that.
        app.UseFailurePage();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapGet("/", () => TypedResults.Redirect($"{DashboardOptions.Path}/"));
        app.Map(
            DashboardOptions.Path,
            branch =>
            {
                // The host's own routes may have taken the request for theirs already.
                branch.Use(
                    (http, next) =>
                    {
                        http.SetEndpoint(null);
                        http.Request.RouteValues.Clear();
                        return next(http);
                    }
                );
                branch.UseMiddleware<PageHeaders>();
                branch.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
                branch.UseWhen(
                    http => http.Request.Path.StartsWithSegments(OrleansGate.Path),
                    orleans => orleans.UseMiddleware<OrleansGate>()
                );
                branch.UseRouting();
                branch.UseWebSockets();
                branch.UseAuthorization();
                branch.UseAntiforgery();
                branch.UseEndpoints(routes =>
                {
                    routes.MapStaticAssets();
                    routes.MapSessions();
                    routes.MapLogDownload();
                    routes.MapConfigExport();
                    routes.MapConsole();
                    routes.MapOrleansDashboard(OrleansGate.Path);
                    routes
                        .MapRazorComponents<App>()
                        .AddInteractiveServerRenderMode(pages => pages.ContentSecurityFrameAncestorsPolicy = null);
                });
            }
        );
    }
}
