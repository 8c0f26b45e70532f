namespace NeetoDeploy.Grains.Reconciling;

/// <summary>Notes that there is work, before it is stored, and that there is none, after it is done.</summary>
public abstract partial class ReconcilingGrain
{
    private const string Reminder = "reconcile";
    private static readonly TimeSpan ReminderPeriod = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim registering = new(1);

    /// <summary>Null: an earlier activation may have left a registration.</summary>
    private bool? isRegistered;

    private int openIntents;

    /// <summary>
    /// Stores an intent: registers the work, runs <paramref name="commit"/>, nudges. A crash in between leaves a registration without work, which the
    /// next reconcile removes, and never work without a registration.
    /// </summary>
    protected async Task IntendAsync(Func<Task> commit)
    {
        openIntents++;
        try
        {
            await RegisterAsync();
            await commit();
        }
        finally
        {
            openIntents--;
            Nudge();
        }
    }

    private async Task RegisterAsync()
    {
        await registering.WaitAsync();
        try
        {
            if (isRegistered is true)
                return;
            isRegistered = null;
            await this.RegisterOrUpdateReminder(Reminder, ReminderPeriod, ReminderPeriod);
            await services.UnfinishedWork.BeginAsync(Work, CancellationToken.None);
            isRegistered = true;
        }
        finally
        {
            registering.Release();
        }
    }

    private async Task UnregisterAsync()
    {
        await registering.WaitAsync();
        try
        {
            if (isRegistered is false || isWanted || openIntents > 0)
                return;
            isRegistered = null;
            await services.UnfinishedWork.EndAsync(Work, CancellationToken.None);
            if (await this.GetReminder(Reminder) is { } reminder)
                await this.UnregisterReminder(reminder);
            isRegistered = false;
        }
        finally
        {
            registering.Release();
        }
    }
}
