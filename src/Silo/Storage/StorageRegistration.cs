using Microsoft.Extensions.Options;
using NeetoDeploy.Grains.Interfaces.Apps;
using NeetoDeploy.Grains.Storage;
using Orleans.Configuration;
using Orleans.Runtime.Hosting;
using Orleans.Storage;

namespace NeetoDeploy.Silo.Storage;

/// <summary>Makes one database the home of grain state, reminders, and what grains keep beside it.</summary>
public static class StorageRegistration
{
    /// <summary>The database must have been prepared: Orleans reads its statements from it while the silo starts.</summary>
    public static ISiloBuilder AddNeetoStorage(this ISiloBuilder silo, Database database)
    {
        silo.Services.AddNeetoStores(database);
        silo.Services.AddSingleton<IGrainStorageSerializer, StateSerializer>();
        silo.Services.AddOptions<AdoNetGrainStorageOptions>(ProviderName)
            .Configure(options =>
            {
                options.Invariant = database.Invariant;
                options.DataSource = database.Source;
                options.DeleteStateOnClear = true;
            });
        silo.Services.AddTransient<
            IPostConfigureOptions<AdoNetGrainStorageOptions>,
            DefaultStorageProviderSerializerOptionsConfigurator<AdoNetGrainStorageOptions>
        >();
        silo.Services.AddGrainStorage(
            ProviderName,
            (services, name) => new GatedGrainStorage(AdoNetGrainStorageFactory.Create(services, name), database.Gate)
        );
        silo.UseAdoNetReminderService(options =>
        {
            options.Invariant = database.Invariant;
            options.DataSource = database.Source;
        });
        return silo;
    }

    /// <summary>Only what grains keep beside their state. The host disposes the database.</summary>
    public static IServiceCollection AddNeetoStores(this IServiceCollection services, Database database) =>
        services
            .AddSingleton(_ => database)
            .AddSingleton<ILogStore, LogStore>()
            .AddSingleton<IMetricsStore, MetricsStore>()
            .AddSingleton<IOutputStore, OutputStore>()
            .AddSingleton<IRouteStore, RouteStore>()
            .AddSingleton<IAuditStore, AuditStore>()
            .AddSingleton<IAccountIndex, AccountIndex>()
            .AddSingleton<IReadModel, ReadModel>()
            .AddSingleton<IReadModelWriter, ReadModelWriter>()
            .AddSingleton<IUnfinishedWork, UnfinishedWork>();

    private static string ProviderName => Orleans.Providers.ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME;
}
