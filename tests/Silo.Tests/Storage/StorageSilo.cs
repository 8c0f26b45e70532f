using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NeetoDeploy.Silo.Storage;
using Orleans.Hosting;
using Orleans.Storage;

namespace NeetoDeploy.Silo.Tests.Storage;

/// <summary>A silo with nothing but storage and this assembly's grains.</summary>
internal sealed class StorageSilo : IAsyncDisposable
{
    private readonly IHost host;

    private StorageSilo(IHost host) => this.host = host;

    public IGrainStorage Storage => host.Services.GetRequiredKeyedService<IGrainStorage>("Default");

    public IReminderTable Reminders => host.Services.GetRequiredService<IReminderTable>();

    public IGrainFactory Grains => host.Services.GetRequiredService<IGrainFactory>();

    public static async Task<StorageSilo> StartAsync(Database database)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.ClearProviders();
        builder.UseOrleans(silo =>
            silo.UseLocalhostClustering(FreePort.Find(), gatewayPort: 0, serviceId: "neeto").AddNeetoStorage(database)
        );
        var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        return new(host);
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync(CancellationToken.None);
        await ((IAsyncDisposable)host).DisposeAsync();
    }
}
