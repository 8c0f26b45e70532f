using NeetoDeploy.Core.Builds;

namespace NeetoDeploy.Builder.Builds;

/// <summary>The attempts that run in this process, so that they can be stopped by their build.</summary>
internal sealed class RunningAttempts
{
    private readonly Lock gate = new();
    private readonly List<Attempt> attempts = [];

    public Attempt Enter(BuildId build, CancellationToken cancel)
    {
        var attempt = new Attempt(this, build, CancellationTokenSource.CreateLinkedTokenSource(cancel));
        lock (gate)
            attempts.Add(attempt);
        return attempt;
    }

    /// <summary>Cancels the build's attempts and waits until they have removed what they made.</summary>
    public async Task StopAsync(BuildId build, CancellationToken cancel)
    {
        Attempt[] found;
        lock (gate)
            found = [.. attempts.Where(a => a.Build == build)];
        foreach (var attempt in found)
            await attempt.StopAsync(cancel);
    }

    private void Leave(Attempt attempt)
    {
        lock (gate)
            attempts.Remove(attempt);
    }

    internal sealed class Attempt(RunningAttempts all, BuildId build, CancellationTokenSource source) : IDisposable
    {
        private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public BuildId Build => build;

        public CancellationToken Cancel { get; } = source.Token;

        public async Task StopAsync(CancellationToken cancel)
        {
            try
            {
                await source.CancelAsync();
            }
            catch (ObjectDisposedException)
            {
                // It has just ended by itself.
            }
            await ended.Task.WaitAsync(cancel);
        }

        public void Dispose()
        {
            all.Leave(this);
            ended.TrySetResult();
            source.Dispose();
        }
    }
}
