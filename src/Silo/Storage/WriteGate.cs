namespace NeetoDeploy.Silo.Storage;

/// <summary>
/// Lets a bounded number of writers through, the others wait without a thread. SQLite has one writer and blocks the thread of each that waits inside
/// it: without the gate a burst of writes would use up the thread pool.
/// </summary>
public sealed class WriteGate(int width) : IDisposable
{
    private readonly SemaphoreSlim places = new(width, width);

    public async Task<T> PassAsync<T>(Func<Task<T>> write, CancellationToken cancel)
    {
        await places.WaitAsync(cancel);
        try
        {
            return await write();
        }
        finally
        {
            places.Release();
        }
    }

    public Task PassAsync(Func<Task> write, CancellationToken cancel) =>
        PassAsync(
            async () =>
            {
                await write();
                return true;
            },
            cancel
        );

    public void Dispose() => places.Dispose();
}
