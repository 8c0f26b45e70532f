using System.Collections.Immutable;
using NeetoDeploy.Api.Http;
using NeetoDeploy.Grains.Interfaces;

namespace NeetoDeploy.Api.ConfigVars;

/// <summary><c>/apps/{app}/config-vars</c>, now and as a release had them.</summary>
internal static class ConfigVarEndpoints
{
    public static void MapConfigVars(this ApiRoutes api)
    {
        api.Get("/apps/{app}/config-vars", async request => Write(await request.Grains.Releases(request.App.Id).GetConfigVarsAsync()));
        api.Patch("/apps/{app}/config-vars", UpdateAsync);
        api.Get("/apps/{app}/releases/{release}/config-vars", GetOfReleaseAsync);
    }

    private static async Task<IResult> UpdateAsync(ApiRequest request)
    {
        var patch = await request.ReadAsync<Dictionary<string, string?>>();
        var result = await request
            .Grains.Releases(request.App.Id)
            .UpdateConfigVarsAsync(patch.ToImmutableSortedDictionary(StringComparer.Ordinal));
        return result.Match(Write, Answer.Refused);
    }

    private static async Task<IResult> GetOfReleaseAsync(ApiRequest request) =>
        Write(
            await request.Grains.Releases(request.App.Id).GetConfigVarsAsync(request.Segment("release"))
                ?? throw ApiRefusal.NotFound("release")
        );

    private static IResult Write(ImmutableSortedDictionary<string, string> vars) => Answer.Ok<IReadOnlyDictionary<string, string>>(vars);
}
