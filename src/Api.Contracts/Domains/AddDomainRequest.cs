namespace NeetoDeploy.Api.Contracts.Domains;

/// <summary>Adds a custom host name.</summary>
public sealed record AddDomainRequest(string? Hostname, string? SniEndpoint = null);
