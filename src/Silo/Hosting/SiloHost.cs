using System.Data.Common;
using NeetoDeploy.Api;
using NeetoDeploy.Dashboard;
using NeetoDeploy.Grains.Accounts;
using NeetoDeploy.Grains.Installations;
using NeetoDeploy.Grains.Interfaces.Installations;
using NeetoDeploy.Grains.Storage;
using NeetoDeploy.LogRelay;
using NeetoDeploy.Silo.Accounts;
using NeetoDeploy.Silo.Drivers;
using NeetoDeploy.Silo.Health;
using NeetoDeploy.Silo.Secrets;
using NeetoDeploy.Silo.Stacks;
using NeetoDeploy.Silo.Storage;

namespace NeetoDeploy.Silo.Hosting;

/// <summary>Composes the control plane of one box. This project is the only one that names a concrete driver.</summary>
internal static class SiloHost
{
    /// <summary>Of the 10 seconds that a stop may take, what is left for the runtime to end.</summary>
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(8);

    /// <exception cref="SettingException">A setting or a secret cannot be used.</exception>
    public static async Task<WebApplication> BuildAsync(string[] args, CancellationToken cancel)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        AddSettings(builder.Configuration, args);
        var options = SiloOptions.Read(builder.Configuration);
        var secrets = InstallationSecrets.Read(options.DataDirectory);
        var stacks = StackFile.Read(options.DataDirectory);
        var database = await OpenDatabaseAsync(options, cancel);

        builder.Logging.AddSiloConsole();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
        builder.Services.AddSingleton(options).AddSingleton(secrets);
        builder.Services.AddNeetoSecrets(secrets).AddDrivers(options, stacks);
        builder.UseOrleans(silo => silo.AddNeetoSilo(options, database));
        // After Orleans: hosted services start in order, and this one calls grains.
        builder.Services.AddHostedService<AdminRegistration>();
        builder.Services.AddStackPreparation(stacks);
        builder.Services.AddLogRelay(new LogRelayOptions { InstallationId = options.InstallationId, IngestToken = secrets.IngestToken });
        var api = ApiOptionsOf(options, secrets, stacks);
        builder.Services.AddNeetoApi(api);
        builder.Services.AddDashboard(new DashboardOptions(Path.Combine(options.DataDirectory, "keys")));
        builder.Services.AddSingleton(InstallationOf(options, api)).AddSingleton(new SetupToken(secrets.SetupToken));
        builder.Services.AddSingleton<IRepositoryStore, RepositoryStore>();
        builder.Services.AddSingleton<IInstallationChecks, Doctor>();
        builder.Services.AddHostedService<AskedApps>();
        // Also from where it was built, not only published: else every file of the dashboard has no bytes.
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.ListenOnLoopback(options);

        var app = builder.Build();
        app.UseRequestsEndAtShutdown();
        app.UseDashboard();
        app.MapHealth();
        app.MapStackProgress();
        app.MapLogRelay();
        app.MapNeetoApi();
        return app;
    }

    private static void AddSettings(ConfigurationManager configuration, string[] args)
    {
        var file = args is ["--settings", { } named] ? named : null;
        if (file is null && args.Length > 0)
            throw new SettingException("Usage: NeetoDeploy.Silo [--settings FILE]");
        if (file is not null && !File.Exists(file))
            throw new SettingException($"There is no settings file {file}.");
        if (file is not null)
            configuration.AddJsonFile(Path.GetFullPath(file), optional: false, reloadOnChange: false);
        configuration.AddEnvironmentVariables();
    }

    private static async Task<Database> OpenDatabaseAsync(SiloOptions options, CancellationToken cancel)
    {
        var database = Database.Open(options.Storage, options.DataDirectory);
        try
        {
            await database.PrepareAsync(cancel);
            return database;
        }
        catch (DbException cause)
        {
            await database.DisposeAsync();
            throw new SettingException($"Storage cannot be opened: {cause.Message}");
        }
    }

    private static InstallationView InstallationOf(SiloOptions options, ApiOptions api) =>
        new(options.RouterPort == 80 ? options.AppsDomain : $"{options.AppsDomain}:{options.RouterPort}", api.GitUrl, [.. api.Stacks]);

    private static ApiOptions ApiOptionsOf(SiloOptions options, InstallationSecrets secrets, StackFile stacks)
    {
        var api = new ApiOptions
        {
            PublicUrl = $"http://127.0.0.1:{options.ApiPort}",
            GitUrl = $"https://localhost:{options.TlsPort}",
            ApiPort = options.ApiPort,
            RouterToken = secrets.RouterToken,
            AppsDomain = options.AppsDomain,
            RouterPort = options.RouterPort,
            DataDirectory = options.DataDirectory,
            SigningKey = secrets.KeyFor("urls"),
            LoginPage = $"{DashboardOptions.Path}/login",
            JoinPage = $"{DashboardOptions.Path}/join",
        };
        return api with { Stacks = [.. api.Stacks, .. stacks.Stacks.Select(stack => stack.Name)] };
    }
}
