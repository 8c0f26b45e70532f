namespace NeetoDeploy.Grains.Tests.Cluster;

/// <summary>Tests that each have a silo, an engine and a clock to themselves.</summary>
public abstract class ClusterTests : IAsyncLifetime
{
    protected ClusterFixture Cluster { get; } = new();

    protected IGrainFactory Grains => Cluster.Grains;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public virtual ValueTask InitializeAsync() => Cluster.InitializeAsync();

    public virtual async ValueTask DisposeAsync()
    {
        await Cluster.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
