using Microsoft.Extensions.Hosting;

namespace NeetoDeploy.Grains.Dynos;

/// <summary>Lets background work wait until grains can be called.</summary>
internal static class HostStart
{
    public static async Task WhenStartedAsync(this IHostApplicationLifetime host, CancellationToken cancel)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = host.ApplicationStarted.Register(() => started.TrySetResult());
        await started.Task.WaitAsync(cancel);
    }
}
