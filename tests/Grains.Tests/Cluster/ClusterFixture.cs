using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Drivers.Fake.Builds;
using NeetoDeploy.Drivers.Fake.Dynos;
using NeetoDeploy.Drivers.Fake.Images;
using NeetoDeploy.Grains.Tests.Dynos;
using NeetoDeploy.Grains.Tests.Storage;
using Orleans.TestingHost;

namespace NeetoDeploy.Grains.Tests.Cluster;

/// <summary>
/// One silo in this process, on fake drivers, stores in memory and a clock that only the test moves. Engine, stores and clock outlive the silo, so
/// a test can restart it. A class of tests that moves the clock or breaks the engine makes one for each test (<see cref="ClusterTests"/>).
/// </summary>
public sealed partial class ClusterFixture : IAsyncLifetime
{
    /// <summary>Few, so that a test outlives them soon.</summary>
    public const int ImagesKept = 5;

    private InProcessTestCluster? cluster;

    public ClusterFixture()
    {
        Engine = new FakeDynoDriver(Clock);
        Builder = new FakeBuildDriver(Clock);
        Images = new FakeImageStore(Clock);
    }

    /// <summary>The clock of grains, their timers and reminders. The silo's own machinery runs on real time.</summary>
    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 23, 6, 0, 0, TimeSpan.Zero));

    public FakeDynoDriver Engine { get; }

    public FakeBuildDriver Builder { get; }

    public FakeImageStore Images { get; }

    public FakeStacks Stacks { get; } = new();

    public FakeDynoProbe Probe { get; } = new();

    public FakeGrainStorage States { get; } = new();

    public FakeLogStore Logs { get; } = new();

    public FakeMetricsStore Figures { get; } = new();

    public FakeOutputStore Outputs { get; } = new();

    public FakeRouteStore Routes { get; } = new();

    public FakeAuditStore Audit { get; } = new();

    public FakeReadModel ReadModel { get; } = new();

    public FakeUnfinishedWork Work { get; } = new();

    public FakeSecretBox Secrets { get; } = new();

    public FakeRepositoryStore Repositories { get; } = new();

    /// <summary>On whose behalf tests call when they do not say otherwise with <c>CallContext.Act</c>; null: nobody's.</summary>
    public Actor? Caller { get; set; } = Actor.Platform;

    public IGrainFactory Grains => Running.Client;

    /// <summary>What the silo resolves.</summary>
    public IServiceProvider Services => Running.GetSiloServiceProvider();

    public InProcessTestCluster Running => cluster ?? throw new InvalidOperationException("The cluster has not been started.");

    public async ValueTask InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) => ConfigureSilo(silo));
        builder.ConfigureClient(client => client.AddOutgoingGrainCallFilter(ActAsCallerAsync));
        cluster = builder.Build();
        await cluster.DeployAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (cluster is not null)
            await cluster.DisposeAsync();
        cluster = null;
    }

    /// <summary>Kills the silo as a crash does, and starts another on the same engine and stores.</summary>
    /// <param name="meanwhile">What happens while no silo is there.</param>
    public async Task CrashAsync(Action? meanwhile = null)
    {
        await Running.KillSiloAsync(Running.Silos[0]);
        meanwhile?.Invoke();
        await DisposeAsync();
        await InitializeAsync();
    }

    /// <summary>Drops a grain's activation, so that the next call loads its state anew.</summary>
    public Task ForgetAsync(IAddressable grain) => Running.DeactivateAsync(grain);
}
