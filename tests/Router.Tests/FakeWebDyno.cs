using System.Net;
using NeetoDeploy.Core.Dynos;
using NeetoDeploy.Core.Releases;
using NeetoDeploy.Core.Routing;

namespace NeetoDeploy.Router.Tests;

/// <summary>A web dyno's server, on a free port.</summary>
internal sealed class FakeWebDyno : IAsyncDisposable
{
    private readonly WebApplication app;

    private FakeWebDyno(WebApplication app, string name)
    {
        this.app = app;
        Target = new(DynoName.Parse(name), ReleaseVersion.Parse("v1"), "127.0.0.1", new Uri(app.Urls.Single()).Port);
    }

    public RouteTarget Target { get; }

    public static async Task<FakeWebDyno> StartAsync(RequestDelegate answer, string name = "web.1")
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
        });
        var app = builder.Build();
        app.UseWebSockets();
        app.Run(answer);
        await app.StartAsync();
        return new(app, name);
    }

    public static Task<FakeWebDyno> StartAsync(string answer, string name = "web.1") =>
        StartAsync(context => context.Response.WriteAsync(answer), name);

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
    }
}
