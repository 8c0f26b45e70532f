namespace NeetoDeploy.Drivers.Docker.Networks;

/// <summary>A network sandbox promised to a dyno that has not joined it yet.</summary>
internal sealed class SandboxLease(string container, Func<ValueTask> release) : IAsyncDisposable
{
    /// <summary>The sandbox's container id.</summary>
    public string Container => container;

    public ValueTask DisposeAsync() => release();
}
