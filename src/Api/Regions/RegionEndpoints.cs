using NeetoDeploy.Api.Contracts.Regions;
using NeetoDeploy.Api.Http;

namespace NeetoDeploy.Api.Regions;

/// <summary><c>/regions</c>: there is one, where the installation is.</summary>
internal static class RegionEndpoints
{
    private static readonly DateTimeOffset Epoch = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static void MapRegions(this ApiRoutes api)
    {
        api.Get("/regions", request => Task.FromResult(Answer.Ok<RegionResource[]>([Here(request.Options)])));
        api.Get("/regions/{region}", Get);
    }

    private static Task<IResult> Get(ApiRequest request)
    {
        var region = Here(request.Options);
        var key = request.Segment("region");
        return Task.FromResult(key == region.Name || key == region.Id.ToString() ? Answer.Ok(region) : throw ApiRefusal.NotFound("region"));
    }

    private static RegionResource Here(ApiOptions options) =>
        new(
            "Here",
            Epoch,
            "This installation",
            StableIds.Of("region", options.Region),
            "This installation",
            options.Region,
            PrivateCapable: false,
            new RegionProvider("neetodeploy", options.Region),
            Epoch
        );
}
