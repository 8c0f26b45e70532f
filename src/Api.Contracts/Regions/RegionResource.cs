namespace NeetoDeploy.Api.Contracts.Regions;

/// <summary>Where apps run.</summary>
public sealed record RegionResource(
    string Country,
    DateTimeOffset CreatedAt,
    string Description,
    Guid Id,
    string Locale,
    string Name,
    bool PrivateCapable,
    RegionProvider Provider,
    DateTimeOffset UpdatedAt
);

/// <summary>Whose machines a region consists of.</summary>
public sealed record RegionProvider(string Name, string Region);
