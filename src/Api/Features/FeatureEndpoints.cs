using NeetoDeploy.Api.Contracts.Features;
using NeetoDeploy.Api.Http;
using NeetoDeploy.Api.Ranges;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Apps;

namespace NeetoDeploy.Api.Features;

/// <summary><c>/apps/{app}/features</c>, and the one feature of accounts that a client asks for by name.</summary>
internal static class FeatureEndpoints
{
    /// <summary>Tells the CLI to speak to us, and not to another service, about repositories.</summary>
    private const string RepositoriesApi = "dashboard-repositories-api";

    private static readonly DateTimeOffset Epoch = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly ListShape<FeatureResource> Shape = new(
        new ListField<FeatureResource>("name", feature => feature.Name),
        new ListField<FeatureResource>("id", feature => feature.Id.ToString())
    );

    public static void MapFeatures(this ApiRoutes api)
    {
        api.Get("/account/features", request => Task.FromResult(Shape.Answer(request, [], feature => feature)));
        api.Get("/account/features/{feature}", GetOfAccount);
        api.Get("/apps/{app}/features", List);
        api.Get("/apps/{app}/features/{feature}", request => Task.FromResult(Answer.Ok(ToResource(Require(request), request.App))));
        api.Patch("/apps/{app}/features/{feature}", SetAsync);
    }

    private static Task<IResult> GetOfAccount(ApiRequest request) =>
        Task.FromResult(
            request.Segment("feature") == RepositoriesApi
                ? Answer.Ok(
                    ToResource(
                        new AppFeature(RepositoriesApi, "general", "Repositories are this installation's own matter"),
                        isEnabled: true
                    )
                )
                : throw ApiRefusal.NotFound("feature")
        );

    private static Task<IResult> List(ApiRequest request) =>
        Task.FromResult(Shape.Answer(request, AppFeatures.All.Select(feature => ToResource(feature, request.App)), feature => feature));

    private static async Task<IResult> SetAsync(ApiRequest request)
    {
        var feature = Require(request);
        var enabled =
            (await request.ReadAsync<UpdateFeatureRequest>()).Enabled ?? throw ApiRefusal.Invalid("enabled must be true or false.");
        return Answer.Ok(await request.Grains.App(request.App.Id).SetFeatureAsync(feature.Name, enabled), app => ToResource(feature, app));
    }

    private static AppFeature Require(ApiRequest request)
    {
        var key = request.Segment("feature");
        return AppFeatures.All.FirstOrDefault(feature => feature.Name == key || IdOf(feature).ToString() == key)
            ?? throw ApiRefusal.NotFound("feature");
    }

    private static FeatureResource ToResource(AppFeature feature, AppView app) => ToResource(feature, app.Features.Contains(feature.Name));

    private static FeatureResource ToResource(AppFeature feature, bool isEnabled) =>
        new(
            Epoch,
            feature.Description,
            DocUrl: "",
            isEnabled,
            IdOf(feature),
            feature.Name,
            feature.State,
            Epoch,
            feature.Name,
            FeedbackEmail: ""
        );

    private static Guid IdOf(AppFeature feature) => StableIds.Of("feature", feature.Name);
}
