using NeetoDeploy.Api.Apps;
using NeetoDeploy.Api.Contracts.Domains;
using NeetoDeploy.Api.Http;
using NeetoDeploy.Api.Ranges;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Apps;

namespace NeetoDeploy.Api.Domains;

/// <summary><c>/apps/{app}/domains</c>.</summary>
internal static class DomainEndpoints
{
    private static readonly ListShape<DomainView> Shape = new(
        new ListField<DomainView>("id", domain => domain.Id.ToString()),
        new ListField<DomainView>("hostname", domain => domain.Host)
    );

    public static void MapDomains(this ApiRoutes api)
    {
        api.Get("/apps/{app}/domains", ListAsync);
        api.Post("/apps/{app}/domains", AddAsync);
        api.Get("/apps/{app}/domains/{domain}", async request => Answer.Ok(ToResource(await RequireAsync(request), request)));
        api.Delete("/apps/{app}/domains/{domain}", RemoveAsync);
    }

    private static async Task<IResult> ListAsync(ApiRequest request) =>
        Shape.Answer(request, await request.Grains.App(request.App.Id).ListDomainsAsync(), domain => ToResource(domain, request));

    private static async Task<IResult> AddAsync(ApiRequest request)
    {
        var body = await request.ReadAsync<AddDomainRequest>();
        if (body.SniEndpoint is not null)
            throw ApiRefusal.Invalid("This installation has no SNI endpoints; leave sni_endpoint out.");
        var host = body.Hostname ?? throw ApiRefusal.Invalid("hostname must be a host name.");
        return Answer.Created(await request.Grains.App(request.App.Id).AddDomainAsync(host), domain => ToResource(domain, request));
    }

    private static async Task<IResult> RemoveAsync(ApiRequest request)
    {
        var host = (await RequireAsync(request)).Host;
        return Answer.Ok(await request.Grains.App(request.App.Id).RemoveDomainAsync(host), domain => ToResource(domain, request));
    }

    private static async Task<DomainView> RequireAsync(ApiRequest request)
    {
        var key = request.Segment("domain");
        var domains = await request.Grains.App(request.App.Id).ListDomainsAsync();
        return domains.FirstOrDefault(domain =>
                string.Equals(domain.Host, key, StringComparison.OrdinalIgnoreCase) || domain.Id.ToString() == key
            ) ?? throw ApiRefusal.NotFound("domain");
    }

    private static DomainResource ToResource(DomainView domain, ApiRequest request) =>
        new(
            AcmStatus: null,
            AcmStatusReason: null,
            request.App.ToRef(),
            domain.IsDefault ? null : $"{request.App.Name}.{request.Options.AppsDomain}",
            domain.CreatedAt,
            domain.Host,
            domain.Id,
            domain.IsDefault ? "heroku" : "custom",
            domain.UpdatedAt,
            domain.IsDefault ? "none" : "succeeded",
            SniEndpoint: null
        );
}
