using NeetoDeploy.EndToEnd.Tests.Harness;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace NeetoDeploy.EndToEnd.Tests.Harness;

/// <summary>The tests that kill processes wait for one another: they begin first, and the others run beside them.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(collection => collection.TestCollectionDisplayName == Killing.Name ? 0 : 1)];
}
