namespace NeetoDeploy.Api.Contracts.Apps;

/// <summary>Changes of an app; what is null stays.</summary>
public sealed record UpdateAppRequest(string? Name = null, bool? Maintenance = null, string? BuildStack = null);
