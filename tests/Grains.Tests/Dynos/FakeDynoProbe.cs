using System.Collections.Concurrent;
using NeetoDeploy.Grains.Dynos;

namespace NeetoDeploy.Grains.Tests.Dynos;

/// <summary>Every dyno listens at once, unless the test keeps their doors shut.</summary>
public sealed class FakeDynoProbe : IDynoProbe
{
    private readonly ConcurrentDictionary<string, byte> asked = [];
    private TaskCompletionSource open = Opened();

    /// <summary>Addresses that were probed so far.</summary>
    public ICollection<string> Asked => asked.Keys;

    /// <summary>Dynos probed from now on do not listen until <see cref="Open"/>.</summary>
    public void Shut() => open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>All dynos listen.</summary>
    public void Open() => open.TrySetResult();

    public Task WaitUntilListeningAsync(string address, int port, CancellationToken cancel)
    {
        asked[address] = 0;
        return open.Task.WaitAsync(cancel);
    }

    private static TaskCompletionSource Opened()
    {
        var open = new TaskCompletionSource();
        open.SetResult();
        return open;
    }
}
