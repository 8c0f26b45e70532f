using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NeetoDeploy.Api.Http;
using NeetoDeploy.Api.Rendezvous;
using NeetoDeploy.Api.Tests.Schemas;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Drivers.Fake.Builds;
using NeetoDeploy.Drivers.Fake.Dynos;
using NeetoDeploy.Drivers.Fake.Images;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.LogRelay;

[assembly: AssemblyFixture(typeof(NeetoDeploy.Api.Tests.Host.ApiFixture))]

namespace NeetoDeploy.Api.Tests.Host;

/// <summary>
/// The API over real HTTP, on a silo in this process with the real grains; only drivers and stores are fakes. One for all tests: each makes accounts and
/// apps of its own.
/// </summary>
public sealed partial class ApiFixture : IAsyncLifetime
{
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    private readonly TemporaryDirectory data = new();
    private WebApplication? app;

    /// <summary>What routers show.</summary>
    public const string RouterToken = "router-token-of-the-tests";

    /// <summary>What collectors show.</summary>
    public const string IngestToken = "ingest-token-of-the-tests";

    public int ApiPort { get; } = FreePort();

    /// <summary>git over HTTPS, and rendezvous.</summary>
    public int TlsPort { get; } = FreePort();

    public string PublicUrl => $"http://127.0.0.1:{ApiPort}";

    public TestCertificate Certificate { get; } = new();

    /// <summary>The data folder.</summary>
    public string DataDirectory => data.Path;

    public FakeDynoDriver Engine { get; } = new(TimeProvider.System);

    public FakeBuildDriver Builder { get; } = new(TimeProvider.System);

    public FakeImageStore Images { get; } = new(TimeProvider.System);

    /// <summary>Heroku's own description of the answers.</summary>
    public SchemaBook Book { get; } = new(Path.Combine(AppContext.BaseDirectory, "Schemas", "platform-api-v3.schema.json"));

    /// <summary>What is in images.</summary>
    public FakeImageContents Contents { get; } = new();

    public IServiceProvider Services => Running.Services;

    /// <summary>Every route the host has.</summary>
    public IEnumerable<RouteEndpoint> Routes => Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    private WebApplication Running => app ?? throw new InvalidOperationException("The host has not been started.");

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, ApiPort);
            kestrel.Listen(IPAddress.Loopback, TlsPort, tls => tls.UseHttps(Certificate.Server).UseRendezvous());
        });
        builder.Host.UseOrleans(ConfigureSilo);
        builder.Services.AddLogRelay(new LogRelayOptions { InstallationId = "tests", IngestToken = IngestToken });
        builder.Services.AddNeetoApi(Options());
        app = builder.Build();
        app.MapLogRelay();
        app.MapNeetoApi();
        await app.StartAsync();
        http.BaseAddress = new Uri(PublicUrl);
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        Certificate.Dispose();
        if (app is not null)
            await app.DisposeAsync();
        data.Dispose();
    }

    /// <summary>A new account with a token, as a client.</summary>
    public async Task<ApiClient> NewAccountAsync(bool isAdmin = false)
    {
        CallContext.Act(Actor.Platform);
        var account = Services.GetRequiredService<IGrainFactory>().Account($"a{Guid.NewGuid():N}@example.com");
        var created = (await account.CreateAsync(isAdmin)).Value;
        var token = (await account.CreateTokenAsync("test", null)).Value;
        return Client(created.Email, token.Secret!);
    }

    /// <summary>A client with this token.</summary>
    public ApiClient Client(string email, string token) => new(http, Book, email, $"Bearer {token}");

    /// <summary>A client that says no more than this in its Authorization header; null: nothing.</summary>
    public ApiClient ClientThatSays(string? authorization) => new(http, Book, "nobody@example.com", authorization);

    /// <summary>What the host was told.</summary>
    public ApiOptions Options() =>
        new()
        {
            PublicUrl = PublicUrl,
            GitUrl = $"https://localhost:{TlsPort}",
            ApiPort = ApiPort,
            RouterToken = RouterToken,
            AppsDomain = "apps.localhost",
            RouterPort = 8080,
            DataDirectory = data.Path,
            SigningKey = [.. Enumerable.Repeat((byte)7, 32)],
            LoginPage = "/dashboard/login",
            JoinPage = "/dashboard/join",
        };
}
