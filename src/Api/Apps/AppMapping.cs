using NeetoDeploy.Api.Accounts;
using NeetoDeploy.Api.Contracts.Accounts;
using NeetoDeploy.Api.Contracts.Apps;
using NeetoDeploy.Api.Contracts.Json;
using NeetoDeploy.Api.Http;
using NeetoDeploy.Api.Teams;
using NeetoDeploy.Grains.Interfaces.Apps;

namespace NeetoDeploy.Api.Apps;

internal static class AppMapping
{
    /// <summary>Clients treat other generations than this one as having another log and another way to run one-off dynos.</summary>
    public const string Generation = "cedar";

    public static AppResource ToResource(this AppView app, ApiOptions options) =>
        new(
            Acm: false,
            ArchivedAt: null,
            app.BuildpackDescription,
            StackRef(app.BuildStack),
            app.CreatedAt,
            new NamedRef(StableIds.Of("generation", Generation), Generation),
            $"{options.GitUrl}/{app.Name}.git",
            app.Id.Value,
            InternalRouting: null,
            app.Maintenance,
            app.Name.ToString(),
            app.Team is { } owner ? new UserRef($"{owner.Name}{TeamMapping.OwnerHost}", owner.Id.Value) : app.Owner.ToUserRef(),
            Organization: null,
            app.Team is { } team ? new NamedRef(team.Id.Value, team.Name.ToString()) : null,
            new NamedRef(StableIds.Of("region", options.Region), options.Region),
            app.ReleasedAt,
            RepoSize: null,
            app.SlugBytes,
            Space: null,
            StackRef(app.Stack),
            app.UpdatedAt,
            WebUrl(app, options)
        );

    public static NamedRef ToRef(this AppView app) => new(app.Id.Value, app.Name.ToString());

    public static NamedRef StackRef(string stack) => new(StableIds.Of("stack", stack), stack);

    public static string WebUrl(AppView app, ApiOptions options)
    {
        var port = options.RouterPort == 80 ? "" : $":{options.RouterPort}";
        return $"http://{app.Name}.{options.AppsDomain}{port}/";
    }
}
