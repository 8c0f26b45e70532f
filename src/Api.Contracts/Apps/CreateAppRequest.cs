namespace NeetoDeploy.Api.Contracts.Apps;

/// <summary>Asks for a new app; everything may be left out.</summary>
public sealed record CreateAppRequest(string? Name = null, string? Region = null, string? Stack = null);
