using System.Net;
using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using NeetoDeploy.Router.ControlPlane;
using NeetoDeploy.Router.Forwarding;
using NeetoDeploy.Router.Logs;
using NeetoDeploy.Router.Metrics;
using NeetoDeploy.Router.Routing;

namespace NeetoDeploy.Router;

/// <summary>Composes a router.</summary>
internal static class RouterApplication
{
    /// <exception cref="RouterSettingsException">A setting or the router's secret is missing.</exception>
    public static WebApplication Create(RouterOptions options)
    {
        RouterSettings.Validate(options);
        var token = RouterSettings.ReadToken(options);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Information).AddFilter("Microsoft", LogLevel.Warning).AddFilter("Yarp", LogLevel.None);
        builder.WebHost.ConfigureKestrel(kestrel => Configure(kestrel, options));

        // Requests run on the sockets' own threads (see Program): nothing in them blocks, and what takes long steps aside.
        builder.WebHost.UseSockets(sockets => sockets.UnsafePreferInlineScheduling = true);

        var services = builder.Services;
        services.Configure<HostOptions>(host => host.ShutdownTimeout = options.StopTimeout);
        services.AddHttpForwarder();
        services.AddSingleton(options);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(new ControlPlaneClient(options, token));
        services.AddSingleton<UpstreamConnector>();
        services.AddSingleton<LiveRoutes>();
        services.AddSingleton<RequestMeter>();
        services.AddSingleton<RouterLineQueue>();
        services.AddSingleton<AppRequestHandler>();

        // Stopped in the reverse order, after the server has let its requests end: their lines are still sent.
        services.AddHostedService<RouteSnapshot>();
        services.AddHostedService<RouteFollower>();
        services.AddHostedService<RequestMeterSender>();
        services.AddHostedService<RouterLineSender>();
        services.AddHostedService<RouteReporter>();

        var app = builder.Build();
        app.Run(app.Services.GetRequiredService<AppRequestHandler>().HandleAsync);
        return app;
    }

    private static void Configure(KestrelServerOptions kestrel, RouterOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.RequestHeaderEncodingSelector = static _ => Encoding.Latin1;
        kestrel.ResponseHeaderEncodingSelector = static _ => Encoding.Latin1;
        kestrel.Limits.MaxRequestLineSize = 8 * 1024;
        kestrel.Limits.MaxRequestHeaderCount = 1000;
        kestrel.Limits.MaxRequestHeadersTotalSize = 64 * 1024;

        // Uploads of any size and speed: the idle time-out bounds them.
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Limits.MinRequestBodyDataRate = null;
        kestrel.Limits.MinResponseDataRate = null;
        kestrel.Listen(IPAddress.Parse(options.ListenAddress), options.RouterPort, listen => listen.Protocols = HttpProtocols.Http1);
    }
}
