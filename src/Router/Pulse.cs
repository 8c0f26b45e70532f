namespace NeetoDeploy.Router;

/// <summary>Wakes one waiter; any number of sets before it looks are one.</summary>
internal sealed class Pulse : IDisposable
{
    private readonly SemaphoreSlim set = new(0, 1);
    private readonly Lock setting = new();

    public void Set()
    {
        lock (setting)
            if (set.CurrentCount == 0)
                set.Release();
    }

    public Task WaitAsync(CancellationToken cancel) => set.WaitAsync(cancel);

    /// <summary>Waits until set or until the time is over.</summary>
    public Task WaitAsync(TimeSpan atMost, CancellationToken cancel) => set.WaitAsync(atMost, cancel);

    public bool TryTake() => set.Wait(0);

    public void Dispose() => set.Dispose();
}
