using System.Security.Cryptography;
using System.Text;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Core.Dynos;
using NeetoDeploy.Core.Logs;
using NeetoDeploy.Core.Routing;
using NeetoDeploy.Core.Runs;
using NeetoDeploy.Core.Teams;
using NeetoDeploy.Grains.Interfaces.Accounts;
using NeetoDeploy.Grains.Interfaces.Apps;
using NeetoDeploy.Grains.Interfaces.Builds;
using NeetoDeploy.Grains.Interfaces.Dynos;
using NeetoDeploy.Grains.Interfaces.Formations;
using NeetoDeploy.Grains.Interfaces.Installations;
using NeetoDeploy.Grains.Interfaces.Logs;
using NeetoDeploy.Grains.Interfaces.Metrics;
using NeetoDeploy.Grains.Interfaces.Releases;
using NeetoDeploy.Grains.Interfaces.Routing;
using NeetoDeploy.Grains.Interfaces.Runs;
using NeetoDeploy.Grains.Interfaces.Teams;

namespace NeetoDeploy.Grains.Interfaces;

/// <summary>The one place that says how each grain is addressed. The key of everything that belongs to an app begins with the app's id.</summary>
public static class GrainKeys
{
    public static IAppGrain App(this IGrainFactory grains, AppId app) => grains.GetGrain<IAppGrain>(app.ToString());

    public static IReleaseLedgerGrain Releases(this IGrainFactory grains, AppId app) =>
        grains.GetGrain<IReleaseLedgerGrain>(app.ToString());

    public static IFormationGrain Formation(this IGrainFactory grains, AppId app) => grains.GetGrain<IFormationGrain>(app.ToString());

    public static ILogRelayGrain Logs(this IGrainFactory grains, AppId app) => grains.GetGrain<ILogRelayGrain>(app.ToString());

    public static IMetricsGrain Metrics(this IGrainFactory grains, AppId app) => grains.GetGrain<IMetricsGrain>(app.ToString());

    public static IBuildGrain Build(this IGrainFactory grains, AppId app, BuildId build) => grains.GetGrain<IBuildGrain>($"{app}/{build}");

    public static IDynoGrain Dyno(this IGrainFactory grains, AppId app, DynoName dyno) => grains.GetGrain<IDynoGrain>($"{app}/{dyno}");

    public static IRunGrain Run(this IGrainFactory grains, AppId app, RunId run) => grains.GetGrain<IRunGrain>($"{app}/{run}");

    public static IAppNameGrain AppName(this IGrainFactory grains, AppName name) => grains.GetGrain<IAppNameGrain>(name.ToString());

    public static IDomainGrain Domain(this IGrainFactory grains, DomainName host) => grains.GetGrain<IDomainGrain>(host.ToString());

    public static IOutputGrain Output(this IGrainFactory grains, OutputId output) => grains.GetGrain<IOutputGrain>(output.ToString());

    public static IAccountGrain Account(this IGrainFactory grains, string email) =>
        grains.GetGrain<IAccountGrain>(email.ToLowerInvariant());

    public static ISetupGrain Setup(this IGrainFactory grains) => grains.GetGrain<ISetupGrain>("setup");

    public static IInstallationGrain Installation(this IGrainFactory grains) => grains.GetGrain<IInstallationGrain>("installation");

    public static ITokenGrain Token(this IGrainFactory grains, string sha256Hex) => grains.GetGrain<ITokenGrain>(sha256Hex);

    public static ITokenGrain TokenOf(this IGrainFactory grains, string secret) => grains.Token(TokenKey(secret));

    /// <summary>The key of a token's grain: only the hash of a secret is ever stored or looked up.</summary>
    public static string TokenKey(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    public static ILoginGrain Login(this IGrainFactory grains, Guid login) => grains.GetGrain<ILoginGrain>($"login-{login:D}");

    public static ITeamGrain Team(this IGrainFactory grains, TeamName team) => grains.GetGrain<ITeamGrain>(team.ToString());

    public static IRouteTableGrain RouteTable(this IGrainFactory grains) => grains.GetGrain<IRouteTableGrain>("local");

    public static IAppListGrain AppList(this IGrainFactory grains) => grains.GetGrain<IAppListGrain>("local");

    public static IAppNewsGrain AppNews(this IGrainFactory grains) => grains.GetGrain<IAppNewsGrain>("local");

    public static IFavouritesGrain Favourites(this IGrainFactory grains, AccountId account) =>
        grains.GetGrain<IFavouritesGrain>(account.ToString());

    /// <summary>The app that a key belongs to; null for grains that belong to none.</summary>
    public static AppId? AppOf(string key) => AppId.TryParse(key.Split('/')[0], null, out var app) ? app : null;
}
