namespace NeetoDeploy.Api.Contracts.Buildpacks;

/// <summary>Replaces an app's list of buildpacks; an empty list means detection.</summary>
public sealed record SetBuildpacksRequest(BuildpackUpdate[]? Updates);

/// <summary>A buildpack by name or URL.</summary>
public sealed record BuildpackUpdate(string? Buildpack);
