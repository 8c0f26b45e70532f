using System.Collections.Concurrent;
using NeetoDeploy.Core.Apps;

namespace NeetoDeploy.Builder.Builds;

/// <summary>Lets one build at a time into an app's folder.</summary>
internal sealed class AppLocks
{
    private readonly ConcurrentDictionary<AppId, SemaphoreSlim> locks = [];

    /// <summary>Waits for its turn; disposing ends it.</summary>
    public async Task<IDisposable> EnterAsync(AppId app, CancellationToken cancel)
    {
        var gate = locks.GetOrAdd(app, _ => new SemaphoreSlim(1));
        await gate.WaitAsync(cancel);
        return new Turn(gate);
    }

    /// <summary>Null when somebody else has the turn.</summary>
    public async Task<IDisposable?> TryEnterAsync(AppId app, CancellationToken cancel)
    {
        var gate = locks.GetOrAdd(app, _ => new SemaphoreSlim(1));
        return await gate.WaitAsync(TimeSpan.Zero, cancel) ? new Turn(gate) : null;
    }

    private sealed class Turn(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
