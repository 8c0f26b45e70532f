using NeetoDeploy.Api.Contracts.Json;

namespace NeetoDeploy.Api.Contracts.Domains;

/// <summary>A host name that leads to an app.</summary>
/// <param name="Cname">What a custom name's DNS record should point to.</param>
/// <param name="Kind"><c>heroku</c> for the app's own, <c>custom</c> for others.</param>
public sealed record DomainResource(
    string? AcmStatus,
    string? AcmStatusReason,
    NamedRef App,
    string? Cname,
    DateTimeOffset CreatedAt,
    string Hostname,
    Guid Id,
    string Kind,
    DateTimeOffset UpdatedAt,
    string Status,
    NamedRef? SniEndpoint
);
