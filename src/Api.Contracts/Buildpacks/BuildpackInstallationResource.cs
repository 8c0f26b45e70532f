namespace NeetoDeploy.Api.Contracts.Buildpacks;

/// <summary>A buildpack in an app's list.</summary>
/// <param name="Ordinal">From 0, in the order they run.</param>
public sealed record BuildpackInstallationResource(int Ordinal, BuildpackRefResource Buildpack);

/// <summary>A buildpack.</summary>
public sealed record BuildpackRefResource(string Url, string Name);
