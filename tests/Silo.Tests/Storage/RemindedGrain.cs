using Orleans;
using Orleans.Runtime;

namespace NeetoDeploy.Silo.Tests.Storage;

public interface IRemindedGrain : IGrainWithStringKey
{
    Task RemindAsync();

    Task<int> CountTicksAsync();
}

public sealed class RemindedGrain : Grain, IRemindedGrain, IRemindable
{
    private int ticks;

    public Task RemindAsync() => this.RegisterOrUpdateReminder("test", TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(1));

    public Task<int> CountTicksAsync() => Task.FromResult(ticks);

    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        ticks++;
        return Task.CompletedTask;
    }
}
