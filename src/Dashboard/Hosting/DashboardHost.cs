using System.Net;
using Microsoft.AspNetCore.Mvc;
using NeetoDeploy.LogRelay;

namespace NeetoDeploy.Dashboard.Hosting;

/// <summary>Composes a host for the dashboard alone, a client of the same grains that the silo's own pages ask.</summary>
internal static class DashboardHost
{
    /// <exception cref="HostSettingException">The host's certificate cannot be used.</exception>
    public static WebApplication Create(HostSettings settings)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.AddHostConsole();
        builder.UseOrleansClient(client => client.AddGateways(settings));
        builder.Services.AddInstallationLookup();
        builder.Services.AddLogReading();
        builder.Services.AddDashboard(new DashboardOptions(settings.KeysFolder));
        builder.Services.AddHttpForwarder();
        // Also from where it was built, not only published: else every file of the dashboard has no bytes.
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Parse(settings.ListenAddress), settings.Port);
        });

        var app = builder.Build();
        app.UseDashboard();
        app.MapGet("/healthz", () => TypedResults.Text("ok\n"));
        // Pages send what people upload to where they come from. Who may send it, and how much, the API knows.
        app.MapForwarder("/sources/{**path}", settings.ApiUrl).WithMetadata(new DisableRequestSizeLimitAttribute());
        return app;
    }
}
