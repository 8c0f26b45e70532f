using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Tests.Cluster;

namespace NeetoDeploy.Grains.Tests.Installations;

public sealed class GarbageCollectionTests : ClusterTests
{
    private static readonly Actor Admin = new(new AccountId(Guid.NewGuid()), "admin@example.com", IsAdmin: true);

    [Fact]
    public async Task An_administrator_collects_and_sees_when()
    {
        CallContext.Act(Admin);
        Cluster.Clock.Advance(TimeSpan.FromSeconds(1));

        var collected = await Grains.Installation().CollectGarbageAsync();

        Assert.Equal(["registry", "build caches"], collected.Select(collection => collection.Subject));
        Assert.All(collected, collection => Assert.Equal((Cluster.Clock.GetUtcNow(), null), (collection.At, collection.Trouble)));
        Assert.Equal(collected, await Grains.Installation().ListGarbageCollectionsAsync());
    }

    [Fact]
    public async Task What_could_not_be_collected_is_said_with_the_reason()
    {
        CallContext.Act(Admin);
        using var push = await Cluster.Images.BeginPushAsync(TestContext.Current.CancellationToken);
        Cluster.Builder.Faults.BeginOutage();

        var collected = await Grains.Installation().CollectGarbageAsync();

        Assert.Contains("is being pushed", collected[0].Trouble, StringComparison.Ordinal);
        Assert.NotEmpty(collected[1].Trouble!);
    }

    [Fact]
    public async Task Nobody_else_does()
    {
        CallContext.Act(Admin with { IsAdmin = false });
        await Assert.ThrowsAsync<AccessDeniedException>(() => Grains.Installation().CollectGarbageAsync());
        await Assert.ThrowsAsync<AccessDeniedException>(() => Grains.Installation().ListGarbageCollectionsAsync());
    }
}
