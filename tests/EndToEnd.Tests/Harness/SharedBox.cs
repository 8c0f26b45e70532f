using NeetoDeploy.EndToEnd.Tests.Harness;

[assembly: AssemblyFixture(typeof(SharedBox))]

namespace NeetoDeploy.EndToEnd.Tests.Harness;

/// <summary>An installation that several tests use: its first start prepares the stack images, which takes a minute.</summary>
public abstract class UsedBox : IAsyncLifetime
{
    private Box? box;

    public Box Box => box ?? throw new InvalidOperationException("The installation has not started.");

    /// <summary>Options of <c>up</c>.</summary>
    protected virtual string[] Options => [];

    public async ValueTask InitializeAsync() => box = await Box.StartAsync(CancellationToken.None, Options);

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (box is not null)
            await box.DisposeAsync();
    }
}

/// <summary>The installation that most tests share, several at a time. None of them stops one of its processes.</summary>
public sealed class SharedBox : UsedBox;

/// <summary>The installation of the tests that kill its processes, one after the other. Its dashboard is also served by a process of its own.</summary>
public sealed class KilledBox : UsedBox
{
    public int DashboardPort { get; } = Box.FreePort();

    protected override string[] Options => ["--dashboard-port", $"{DashboardPort}", "--gateway-port", $"{Box.FreePort()}"];
}

[CollectionDefinition(Name)]
public sealed class Killing : ICollectionFixture<KilledBox>
{
    public const string Name = "Killing";
}

/// <summary>Whose tests kill the engine: last, and with nothing beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "Alone";
}
