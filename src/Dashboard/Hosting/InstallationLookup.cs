using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Interfaces.Installations;

namespace NeetoDeploy.Dashboard.Hosting;

/// <summary>Learns of the installation before pages are served, and again every minute: another silo may have other stacks.</summary>
internal sealed class InstallationLookup(IGrainFactory grains, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private InstallationView? view;

    /// <summary>What was learnt last.</summary>
    public InstallationView View => view ?? throw new InvalidOperationException("The host has not started.");

    public override async Task StartAsync(CancellationToken cancel)
    {
        while (!await TryLookAsync())
            await Task.Delay(Pause, time, cancel);
        await base.StartAsync(cancel);
    }

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(LookAgain, time);
        while (await timer.WaitForNextTickAsync(stop))
            await TryLookAsync();
    }

    private async Task<bool> TryLookAsync()
    {
        try
        {
            CallContext.Act(Actor.Platform);
            view = await grains.Installation().DescribeAsync();
            return true;
        }
        catch (Exception e) when (Outage.Is(e))
        {
            return false;
        }
    }
}

internal static class InstallationLookupRegistration
{
    public static void AddInstallationLookup(this IServiceCollection services)
    {
        services.AddSingleton<InstallationLookup>();
        services.AddHostedService(provider => provider.GetRequiredService<InstallationLookup>());
        services.AddTransient(provider => provider.GetRequiredService<InstallationLookup>().View);
    }
}
