using NeetoDeploy.Api.Http;

namespace NeetoDeploy.Api.Absent;

/// <summary>What clients ask every platform for and this one does not have: they get an empty list or a clear 404, and go on.</summary>
internal static class AbsentEndpoints
{
    private static readonly string[] EmptyLists =
    [
        "/account/keys",
        "/oauth/clients",
        "/oauth/sessions",
        "/addons",
        "/addon-attachments",
        "/addon-services",
        "/pipelines",
        "/pipeline-couplings",
        "/spaces",
        "/enterprise-accounts",
        "/apps/{app}/addons",
        "/apps/{app}/addon-attachments",
        "/apps/{app}/log-drains",
        "/apps/{app}/sni-endpoints",
        "/apps/{app}/webhooks",
    ];

    private static readonly (string Pattern, string Resource)[] Missing =
    [
        ("/addons/{addon}", "add_on"),
        ("/addon-services/{service}", "add_on service"),
        ("/addon-services/{service}/plans", "add_on service"),
        ("/pipelines/{pipeline}", "pipeline"),
        ("/spaces/{space}", "space"),
        ("/apps/{app}/addons/{addon}", "add_on"),
        ("/apps/{app}/addon-attachments/{attachment}", "add_on attachment"),
        ("/apps/{app}/pipeline-couplings", "pipeline coupling"),
        ("/apps/{app}/review-app", "review app"),
        ("/apps/{app}/sni-endpoints/{endpoint}", "sni endpoint"),
    ];

    public static void MapAbsent(this ApiRoutes api)
    {
        foreach (var pattern in EmptyLists)
            api.Get(pattern, _ => Task.FromResult(Answer.NoRows));
        foreach (var (pattern, resource) in Missing)
            api.Get(pattern, _ => throw ApiRefusal.NotFound(resource));
        api.Post("/actions/addons/resolve", _ => throw ApiRefusal.NotFound("add_on"));
        api.Post("/actions/addon-attachments/resolve", _ => throw ApiRefusal.NotFound("add_on attachment"));
        api.Post("/apps/{app}/addons", _ => throw ApiRefusal.Invalid("This installation offers no add-ons yet."));
        api.Otherwise(_ => throw new ApiRefusal(StatusCodes.Status404NotFound, "not_found", "The requested API endpoint was not found."));
    }
}
