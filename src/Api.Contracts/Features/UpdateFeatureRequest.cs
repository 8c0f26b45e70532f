namespace NeetoDeploy.Api.Contracts.Features;

/// <summary>Switches a feature.</summary>
public sealed record UpdateFeatureRequest(bool? Enabled);
