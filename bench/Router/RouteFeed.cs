using System.Net;
using System.Text.Json;
using System.Threading.Channels;
using NeetoDeploy.Core.Routing;

namespace NeetoDeploy.Bench.Router;

/// <summary>The control plane's side of the routers' protocol: a table, changes, and a sink for router lines.</summary>
internal sealed class RouteFeed : IAsyncDisposable
{
    private readonly Channel<RouteMessage> changes = Channel.CreateUnbounded<RouteMessage>();
    private readonly WebApplication app;
    private readonly IReadOnlyList<AppRoute> table;
    private long version = 1;
    private long lineBytes;

    public RouteFeed(IReadOnlyList<AppRoute> table)
    {
        this.table = table;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        app = builder.Build();
        app.MapGet("/internal/routes", FollowAsync);
        app.MapPost("/internal/routers/{id}/report", () => Results.NoContent());
        app.MapPost("/internal/logs", TakeLinesAsync);
    }

    public string Url => app.Urls.Single();

    /// <summary>JSON bytes of router lines that arrived.</summary>
    public long LineBytes => Interlocked.Read(ref lineBytes);

    public Task StartAsync(CancellationToken cancel) => app.StartAsync(cancel);

    public void Publish(AppRoute route) => changes.Writer.TryWrite(new RouteMessage(Interlocked.Increment(ref version), null, route, null));

    public async ValueTask DisposeAsync()
    {
        changes.Writer.TryComplete();
        await app.DisposeAsync();
    }

    private async Task FollowAsync(HttpContext context)
    {
        await WriteAsync(context, new RouteMessage(version, [.. table], null, null));
        await foreach (var message in changes.Reader.ReadAllAsync(context.RequestAborted))
            await WriteAsync(context, message);
    }

    private static async Task WriteAsync(HttpContext context, RouteMessage message)
    {
        await JsonSerializer.SerializeAsync(context.Response.Body, message, RoutingJson.Default.RouteMessage, context.RequestAborted);
        await context.Response.WriteAsync("\n", context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }

    private async Task TakeLinesAsync(HttpContext context)
    {
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = await context.Request.Body.ReadAsync(buffer, context.RequestAborted)) > 0)
            Interlocked.Add(ref lineBytes, read);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
