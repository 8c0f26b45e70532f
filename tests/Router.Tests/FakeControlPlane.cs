using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using System.Text.Json;
using System.Threading.Channels;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Metrics;
using NeetoDeploy.Core.Routing;

namespace NeetoDeploy.Router.Tests;

/// <summary>The control plane's side of the routers' protocol, on a port of its own. It can go away and come back.</summary>
internal sealed class FakeControlPlane : IAsyncDisposable
{
    public const string Token = "a-token-of-the-tests";

    private readonly Lock gate = new();
    private readonly Dictionary<AppId, AppRoute> routes = [];
    private readonly List<Channel<RouteMessage>> followers = [];
    private readonly ConcurrentQueue<RoutedLogEntry> lines = [];
    private readonly ConcurrentQueue<RouterReport> reports = [];
    private readonly ConcurrentQueue<RoutedReport> figures = [];
    private WebApplication? app;
    private long version;

    public Uri Url { get; private set; } = new("http://127.0.0.1:1");

    public IEnumerable<RouterReport> Reports => reports;

    public IEnumerable<string> Lines => lines.Select(line => line.Entry.Text);

    public IEnumerable<RoutedLogEntry> Entries => lines;

    public long Version => Interlocked.Read(ref version);

    /// <summary>Answered to whoever posts lines; set to make them fail.</summary>
    public int LinesStatus { get; set; } = StatusCodes.Status204NoContent;

    /// <summary>All reports of figures that came, also those that were not taken.</summary>
    public IReadOnlyCollection<RoutedReport> Figures => figures;

    /// <summary>Answered to whoever posts figures.</summary>
    public int FiguresStatus { get; set; } = StatusCodes.Status204NoContent;

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, Url.Port == 1 ? 0 : Url.Port));
        app = builder.Build();
        app.Use((context, next) => context.Request.Headers.Authorization == $"Bearer {Token}" ? next(context) : RefuseAsync(context));
        app.MapGet("/internal/routes", FollowAsync);
        app.MapPost("/internal/routers/{id}/report", ReportAsync);
        app.MapPost("/internal/logs", TakeLinesAsync);
        app.MapPost("/internal/metrics", TakeFiguresAsync);
        await app.StartAsync();
        Url = new(app.Urls.Single());
    }

    public async Task StopAsync()
    {
        lock (gate)
        {
            foreach (var follower in followers)
                follower.Writer.TryComplete();
            followers.Clear();
        }

        await app!.StopAsync();
        await app.DisposeAsync();
        app = null;
    }

    public long Publish(AppRoute route) => Change(() => routes[route.App] = route, v => new RouteMessage(v, null, route, null));

    public long Remove(AppId removed) => Change(() => routes.Remove(removed), v => new RouteMessage(v, null, null, removed));

    /// <summary>Every app at once, before anybody follows.</summary>
    public void Load(IEnumerable<AppRoute> all)
    {
        lock (gate)
        {
            foreach (var route in all)
                routes[route.App] = route;
            version++;
        }
    }

    public async Task<string> LineAsync(Func<string, bool> matches)
    {
        string? found = null;
        await Eventually.HoldsAsync(
            () => (found = Lines.FirstOrDefault(matches)) is not null,
            () => $"a matching router line; there are: {string.Join(" | ", Lines.TakeLast(5))}"
        );
        return found!;
    }

    public async ValueTask DisposeAsync()
    {
        if (app is not null)
            await StopAsync();
    }

    private long Change(Action change, Func<long, RouteMessage> message)
    {
        lock (gate)
        {
            change();
            version++;
            foreach (var follower in followers)
                follower.Writer.TryWrite(message(version));
            return version;
        }
    }

    private async Task FollowAsync(HttpContext context)
    {
        var channel = Channel.CreateUnbounded<RouteMessage>();
        lock (gate)
        {
            channel.Writer.TryWrite(new RouteMessage(version, [.. routes.Values], null, null));
            followers.Add(channel);
        }

        await foreach (var message in channel.Reader.ReadAllAsync(context.RequestAborted))
        {
            await JsonSerializer.SerializeAsync(context.Response.Body, message, RoutingJson.Default.RouteMessage, context.RequestAborted);
            await context.Response.WriteAsync("\n", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }
    }

    private async Task ReportAsync(HttpContext context)
    {
        var report = await JsonSerializer.DeserializeAsync(context.Request.Body, RoutingJson.Default.RouterReport, context.RequestAborted);
        reports.Enqueue(report!);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private async Task TakeLinesAsync(HttpContext context)
    {
        context.Response.StatusCode = LinesStatus;
        if (LinesStatus >= 300)
            return;
        ImmutableArray<RoutedLogEntry> batch = await JsonSerializer.DeserializeAsync(
            context.Request.Body,
            RoutingJson.Default.ImmutableArrayRoutedLogEntry,
            context.RequestAborted
        );
        foreach (var line in batch)
            lines.Enqueue(line);
    }

    private async Task TakeFiguresAsync(HttpContext context)
    {
        context.Response.StatusCode = FiguresStatus;
        var report = await JsonSerializer.DeserializeAsync(context.Request.Body, RoutingJson.Default.RoutedReport, context.RequestAborted);
        figures.Enqueue(report!);
    }

    private static Task RefuseAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    }
}
