using Orleans.Runtime;

namespace NeetoDeploy.Grains.Storage;

/// <summary>
/// A grain's state as it is stored. A change is written first and seen afterwards; when the write fails, nothing has changed.
/// Changes wait for one another, so a command and a reconcile that interleave never overwrite each other's.
/// </summary>
public sealed class Stored<T>(IPersistentState<T> storage)
    where T : StoredState, new()
{
    private readonly SemaphoreSlim writing = new(1);
    private T? value;

    /// <summary>The last record that reached storage.</summary>
    public T Value => value ?? storage.State;

    /// <summary>Whether anything was ever written.</summary>
    public bool Exists => storage.RecordExists;

    /// <summary>Stores what <paramref name="change"/> makes of the newest record; answers that. The same record means that nothing is written.</summary>
    public async Task<T> CommitAsync(Func<T, T> change)
    {
        await writing.WaitAsync();
        try
        {
            var before = value = Value;
            var next = change(before);
            if (ReferenceEquals(next, before))
                return before;
            storage.State = next;
            try
            {
                await storage.WriteStateAsync();
            }
            catch
            {
                storage.State = before;
                throw;
            }
            return value = next;
        }
        finally
        {
            writing.Release();
        }
    }

    /// <summary>Removes the record from storage.</summary>
    public async Task ClearAsync()
    {
        await writing.WaitAsync();
        try
        {
            await storage.ClearStateAsync();
            value = storage.State = new T();
        }
        finally
        {
            writing.Release();
        }
    }
}
