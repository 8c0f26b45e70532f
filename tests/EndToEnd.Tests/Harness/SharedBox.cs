using NeetoDeploy.EndToEnd.Tests.Harness;

[assembly: AssemblyFixture(typeof(SharedBox))]

namespace NeetoDeploy.EndToEnd.Tests.Harness;

/// <summary>The installation that most tests share: its first start prepares the stack images, which takes minutes.</summary>
public sealed class SharedBox : IAsyncLifetime
{
    private Box? box;

    public Box Box => box ?? throw new InvalidOperationException("The installation has not started.");

    public async ValueTask InitializeAsync() => box = await Box.StartAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        if (box is not null)
            await box.DisposeAsync();
    }
}
