using System.Collections.Immutable;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Routing;
using NeetoDeploy.Router.Routing;

namespace NeetoDeploy.Router.Tests;

/// <summary>A whole router with a control plane of its own, both on free ports, in a data folder that goes with it.</summary>
internal sealed class RunningRouter : IAsyncDisposable
{
    private readonly DirectoryInfo data;
    private readonly RouterOptions options;
    private readonly List<IAsyncDisposable> owned = [];
    private WebApplication app;

    private RunningRouter(DirectoryInfo data, RouterOptions options, FakeControlPlane controlPlane, WebApplication app)
    {
        this.data = data;
        this.options = options;
        this.app = app;
        ControlPlane = controlPlane;
    }

    public FakeControlPlane ControlPlane { get; }

    public Uri Url => new(app.Urls.Single());

    public LiveRoutes Routes => app.Services.GetRequiredService<LiveRoutes>();

    public string SnapshotPath => Path.Combine(data.FullName, "router", "routes.json");

    /// <summary>Starts the router with these apps in its table.</summary>
    public static async Task<RunningRouter> StartAsync(IEnumerable<AppRoute> routes, Action<RouterOptions>? change = null)
    {
        var data = Directory.CreateTempSubdirectory("neeto-router-");
        var controlPlane = new FakeControlPlane();
        controlPlane.Load(routes);
        await controlPlane.StartAsync();
        Directory.CreateDirectory(Path.Combine(data.FullName, "secrets"));
        await File.WriteAllTextAsync(Path.Combine(data.FullName, "secrets", "router.token"), FakeControlPlane.Token + "\n");
        var options = new RouterOptions
        {
            InstallationId = "test",
            DataDirectory = data.FullName,
            RouterPort = 0,
            ApiUrl = controlPlane.Url,
            StopTimeout = TimeSpan.FromSeconds(2),
            ReportInterval = TimeSpan.FromMilliseconds(200),
        };
        change?.Invoke(options);
        var router = new RunningRouter(data, options, controlPlane, await StartAsync(options));
        await router.HasVersionAsync(controlPlane.Version);
        return router;
    }

    public static Task<RunningRouter> StartAsync(AppRoute route, Action<RouterOptions>? change = null) => StartAsync([route], change);

    public static AppRoute Serving(string name, params RouteTarget[] targets) => Route(name, RouteState.Serving, targets);

    public static AppRoute Route(string name, RouteState state, params RouteTarget[] targets) =>
        new(new AppId(Guid.NewGuid()), AppName.Parse(name), state, [$"{name}.localhost"], [.. targets]);

    public HttpClient Client(string app = "shop") =>
        new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false })
        {
            BaseAddress = Url,
            DefaultRequestHeaders = { Host = $"{app}.localhost" },
            Timeout = TimeSpan.FromMinutes(2),
        };

    /// <summary>Publishes a route and waits until it is in effect.</summary>
    public Task PublishAsync(AppRoute route) => HasVersionAsync(ControlPlane.Publish(route));

    public Task RemoveAsync(AppId removed) => HasVersionAsync(ControlPlane.Remove(removed));

    public Task HasVersionAsync(long version) =>
        Eventually.HoldsAsync(
            () => Routes.Current.Version >= version,
            () => $"the router has version {version}; it has {Routes.Current.Version}"
        );

    /// <summary>Ends the thing with the router.</summary>
    public void Owns(IAsyncDisposable thing) => owned.Add(thing);

    public async Task StopAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    /// <summary>A new process on the same data folder.</summary>
    public async Task StartAgainAsync() => app = await StartAsync(options);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await ControlPlane.DisposeAsync();
        foreach (var thing in owned)
            await thing.DisposeAsync();
        data.Delete(recursive: true);
    }

    private static async Task<WebApplication> StartAsync(RouterOptions options)
    {
        var app = RouterApplication.Create(options);
        await app.StartAsync();
        return app;
    }
}
