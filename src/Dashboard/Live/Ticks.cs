namespace NeetoDeploy.Dashboard.Live;

/// <summary>Work that a page does again and again for as long as it is open.</summary>
internal static class Ticks
{
    /// <summary>Does it after each period until cancelled. A failure is the next round's to mend: the control plane may be away.</summary>
    public static async Task RepeatAsync(TimeSpan period, TimeProvider time, Func<Task> work, CancellationToken leaving)
    {
        using var timer = new PeriodicTimer(period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(leaving))
                await TryAsync(work);
        }
        catch (OperationCanceledException)
        {
            // The page has been left.
        }
    }

    private static async Task TryAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception e) when (Outage.Is(e))
        {
            // Later.
        }
    }
}
