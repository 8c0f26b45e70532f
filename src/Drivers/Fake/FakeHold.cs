namespace NeetoDeploy.Drivers.Fake;

/// <summary>Calls that wait.</summary>
public sealed class FakeHold
{
    private readonly TaskCompletionSource entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the first call waits.</summary>
    public Task Entered => entered.Task;

    /// <summary>Lets the waiting calls go on, and later ones pass.</summary>
    public void Release() => released.TrySetResult();

    internal async Task PassAsync(CancellationToken cancel)
    {
        entered.TrySetResult();
        await released.Task.WaitAsync(cancel);
    }
}
