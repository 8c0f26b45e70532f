using System.Collections.Immutable;
using NeetoDeploy.Api.Contracts.Buildpacks;
using NeetoDeploy.Api.Http;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Grains.Interfaces;

namespace NeetoDeploy.Api.Buildpacks;

/// <summary><c>/apps/{app}/buildpack-installations</c>, and the look-up of short names.</summary>
internal static class BuildpackEndpoints
{
    private const string Urn = "urn:buildpack:";

    public static void MapBuildpacks(this ApiRoutes api)
    {
        api.Get("/apps/{app}/buildpack-installations", request => Task.FromResult(Answer.Ok(ToResources(request.App.Buildpacks))));
        api.Put("/apps/{app}/buildpack-installations", SetAsync);
        api.Get("/buildpacks/{buildpack}", LookUp, ApiAccess.Public);
    }

    public static BuildpackRefResource ToResource(this BuildpackRef buildpack) => new(buildpack.Url, NameOf(buildpack.Url));

    private static async Task<IResult> SetAsync(ApiRequest request)
    {
        var updates = (await request.ReadAsync<SetBuildpacksRequest>()).Updates ?? throw ApiRefusal.Invalid("updates must be a list.");
        var buildpacks = updates
            .Select(update => new BuildpackRef(update?.Buildpack ?? throw ApiRefusal.Invalid("Each update must name a buildpack.")))
            .ToImmutableArray();
        return Answer.Ok(await request.Grains.App(request.App.Id).SetBuildpacksAsync(buildpacks), app => ToResources(app.Buildpacks));
    }

    /// <summary>Answers any well-formed name: whether there is such a buildpack shows when it is installed.</summary>
    private static Task<IResult> LookUp(ApiRequest request)
    {
        var name = request.Segment("buildpack");
        var isName = name.Split('/') is [{ Length: > 0 }, { Length: > 0 }];
        return Task.FromResult(
            isName
                ? Answer.Ok(new RegistryBuildpackResource(StableIds.Of("buildpack", name), name, Urn + name))
                : throw ApiRefusal.NotFound("buildpack")
        );
    }

    private static BuildpackInstallationResource[] ToResources(ImmutableArray<BuildpackRef> buildpacks) =>
        [.. buildpacks.Select((buildpack, ordinal) => new BuildpackInstallationResource(ordinal, buildpack.ToResource()))];

    private static string NameOf(string url) => url.StartsWith(Urn, StringComparison.Ordinal) ? url[Urn.Length..] : url;
}
