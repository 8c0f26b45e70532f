using Microsoft.Extensions.DependencyInjection.Extensions;
using NeetoDeploy.Api.Absent;
using NeetoDeploy.Api.Accounts;
using NeetoDeploy.Api.Apps;
using NeetoDeploy.Api.Buildpacks;
using NeetoDeploy.Api.Builds;
using NeetoDeploy.Api.ConfigVars;
using NeetoDeploy.Api.Domains;
using NeetoDeploy.Api.Dynos;
using NeetoDeploy.Api.Features;
using NeetoDeploy.Api.Formations;
using NeetoDeploy.Api.Git;
using NeetoDeploy.Api.Http;
using NeetoDeploy.Api.Internal;
using NeetoDeploy.Api.Logs;
using NeetoDeploy.Api.Outputs;
using NeetoDeploy.Api.Regions;
using NeetoDeploy.Api.Releases;
using NeetoDeploy.Api.Rendezvous;
using NeetoDeploy.Api.Runs;
using NeetoDeploy.Api.Schemas;
using NeetoDeploy.Api.Slugs;
using NeetoDeploy.Api.Sources;
using NeetoDeploy.Api.Stacks;
using NeetoDeploy.Api.Streams;
using NeetoDeploy.Api.Teams;
using NeetoDeploy.Grains.Interfaces.Builds;
using NeetoDeploy.LogRelay.Hubs;

namespace NeetoDeploy.Api;

/// <summary>The Platform API as a part of a host. The host brings the grains (<see cref="IGrainFactory"/>), the log relay, the read model and what is in images.</summary>
public static class ApiModule
{
    /// <summary>Adds what the API's routes need.</summary>
    public static IServiceCollection AddNeetoApi(this IServiceCollection services, ApiOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton(new UrlSigner(options));
        services.AddSingleton<StreamUrls>();
        services.AddSingleton<ISourcePlaces, SourcePlaces>();
        services.AddSingleton<LoginTickets>();
        services.AddSingleton<ServedSchema>();
        services.AddSingleton<ApiCredentials>();
        services.AddSingleton<AppLookup>();
        services.AddSingleton<ErrorAnswers>();
        services.AddSingleton<IHubCallers, TokenCallers>();
        services.AddSingleton<RoutedRequests>();
        services.AddSingleton<AttachSessions>();
        services.AddSingleton<IAttachUrls>(provider => provider.GetRequiredService<AttachSessions>());
        services.AddSingleton<RendezvousServer>();
        services.AddSingleton<GitRepositories>();
        services.AddSingleton<GitBackend>();
        services.AddSingleton<PushSessions>();
        services.AddSingleton<PushReceiver>();
        services.AddHostedService<UploadedSourceSweep>();
        return services;
    }

    /// <summary>Adds the API's routes, and the answer for what no route of the host fits.</summary>
    public static void MapNeetoApi(this IEndpointRouteBuilder routes)
    {
        var api = new ApiRoutes(routes);
        api.MapAccounts();
        api.MapAuthorizations();
        api.MapLogins();
        api.MapSchema();
        api.MapApps();
        api.MapAppLists();
        api.MapCollaborators();
        api.MapTeams();
        api.MapInvitations();
        api.MapTeamApps();
        api.MapDomains();
        api.MapBuildpacks();
        api.MapFeatures();
        api.MapConfigVars();
        api.MapReleases();
        api.MapSlugs();
        api.MapFormations();
        api.MapDynos();
        api.MapRuns();
        api.MapBuilds();
        api.MapSboms();
        api.MapLogSessions();
        api.MapSources();
        api.MapStacks();
        api.MapRegions();
        api.MapAbsent();
        routes.MapSourceUploads();
        routes.MapSlugUploads();
        routes.MapSlugDownloads();
        routes.MapOutputs();
        routes.MapLogStream();
        routes.MapInternal();
        routes.MapPushes();
        routes.MapGit();
    }
}
