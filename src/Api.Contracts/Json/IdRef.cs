namespace NeetoDeploy.Api.Contracts.Json;

/// <summary>Something that is described elsewhere, by id.</summary>
public sealed record IdRef(Guid Id);
