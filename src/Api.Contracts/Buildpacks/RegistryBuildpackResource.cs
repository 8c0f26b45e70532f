namespace NeetoDeploy.Api.Contracts.Buildpacks;

/// <summary>What the look-up of a buildpack's short name answers.</summary>
/// <param name="BlobUrl">What to install, such as <c>urn:buildpack:heroku/nodejs</c>.</param>
public sealed record RegistryBuildpackResource(Guid Id, string Name, string BlobUrl);
