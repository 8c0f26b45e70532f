using System.Collections.Immutable;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Logs;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Interfaces.Apps;
using NeetoDeploy.Grains.Tests.Storage;
using NeetoDeploy.LogRelay.Hubs;
using NeetoDeploy.LogRelay.Ingest;

[assembly: AssemblyFixture(typeof(NeetoDeploy.LogRelay.Tests.Host.RelayFixture))]

namespace NeetoDeploy.LogRelay.Tests.Host;

/// <summary>The log relay over real HTTP, on a silo in this process with the real grains; only drivers and stores are fakes. Each test makes apps of its own.</summary>
public sealed partial class RelayFixture : IAsyncLifetime
{
    private readonly FaultyLogStore store;
    private WebApplication? app;

    public RelayFixture() => store = new FaultyLogStore(Stored);

    public const string Installation = "relay-tests";

    /// <summary>What collectors show.</summary>
    public const string IngestToken = "ingest-token-of-the-tests";

    public FakeLogStore Stored { get; } = new();

    /// <summary>The clock of bodies that wait for a place.</summary>
    public FakeTimeProvider IngestClock { get; } = new();

    /// <summary>Who may open connections to the hub.</summary>
    public FakeHubCallers Callers { get; } = new();

    public string Url => Running.Urls.Single();

    public IGrainFactory Grains => Running.Services.GetRequiredService<IGrainFactory>();

    public T Service<T>()
        where T : notnull => Running.Services.GetRequiredService<T>();

    private WebApplication Running => app ?? throw new InvalidOperationException("The host has not been started.");

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Host.UseOrleans(ConfigureSilo);
        builder.Services.AddLogRelay(new LogRelayOptions { InstallationId = Installation, IngestToken = IngestToken });
        builder.Services.AddSingleton<IHubCallers>(Callers);
        builder.Services.AddSingleton(new IngestPlaces(IngestClock));
        app = builder.Build();
        app.MapLogRelay();
        await app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (app is not null)
            await app.DisposeAsync();
    }

    /// <summary>Somebody with an account of their own.</summary>
    public static Actor NewActor() => new(new AccountId(Guid.NewGuid()), $"a{Guid.NewGuid():N}@example.com", false);

    /// <summary>A new app of this account.</summary>
    public async Task<AppView> NewAppAsync(Actor owner)
    {
        CallContext.Act(owner);
        return (await Grains.App(new AppId(Guid.NewGuid())).CreateAsync(new CreateApp(null, null))).Value;
    }

    /// <summary>Lines as the app's dyno web.1 writes them.</summary>
    public async Task AppendAsync(AppId to, params IEnumerable<string> lines)
    {
        CallContext.Act(Actor.Platform);
        var now = TimeProvider.System.GetUtcNow();
        await Grains.Logs(to).AppendAsync([.. lines.Select(line => new LogEntry(now, LogEntry.App, "web.1", line))]);
    }

    /// <summary>The next lines of this app cannot be stored.</summary>
    public void FailNextAppendTo(AppId to) => store.FailNextAppendTo(to);

    /// <summary>The texts of what is stored of an app's dynos.</summary>
    public ImmutableArray<string> TextsOf(AppId of) =>
        [.. Stored.Lines(of).Where(line => line.Entry.Process.StartsWith("web", StringComparison.Ordinal)).Select(line => line.Entry.Text)];
}
