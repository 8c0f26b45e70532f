namespace NeetoDeploy.LogRelay.Ingest;

/// <summary>How many bodies are in this host's memory at once. Collectors keep what there is no place for, and come again.</summary>
internal sealed class IngestPlaces(TimeProvider time)
{
    /// <summary>Bodies at once: each at most <see cref="IngestBody.MostUnpackedBytes"/>.</summary>
    public const int Most = 8;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim free = new(Most, Most);

    /// <summary>Whether there was a place, or came to be one; then <see cref="Leave"/> must be called.</summary>
    public async Task<bool> TryEnterAsync(CancellationToken cancel)
    {
        if (free.Wait(0, CancellationToken.None))
            return true;
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancel);
        try
        {
            await free.WaitAsync(either.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return false;
        }
    }

    public void Leave() => free.Release();
}
