using System.Data.Common;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Tests.Cluster;

namespace NeetoDeploy.Grains.Tests.Storage;

public sealed class StorageFilterTests : ClusterTests
{
    [Fact]
    public async Task What_a_databases_driver_throws_reaches_whoever_asked_as_storage_that_is_unavailable()
    {
        CallContext.Act(Actor.Platform);
        Cluster.ReadModel.Failure = new DriverFailure();

        var told = await Assert.ThrowsAsync<StorageUnavailableException>(() => Grains.AppList().ListAsync(null, Whole));
        Assert.Contains("the disk is on fire", told.Message, StringComparison.Ordinal);

        Cluster.ReadModel.Failure = null;
        Assert.Empty((await Grains.AppList().ListAsync(null, Whole)).Rows);
    }

    private static PageRange Whole { get; } = new("name", null, FromIsExclusive: false, null, Max: 10, Descending: false);

    /// <summary>Of a type that only the silo knows.</summary>
    private sealed class DriverFailure() : DbException("the disk is on fire");
}
