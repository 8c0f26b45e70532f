namespace NeetoDeploy.Api.Contracts.Json;

/// <summary>Something that is named elsewhere in full: its id and its name.</summary>
public sealed record NamedRef(Guid Id, string Name);
