namespace NeetoDeploy.Drivers.Docker.Stacks;

/// <summary>A stack that the operator has named, of images that the engine has or can pull.</summary>
/// <param name="Name">Lower-case letters, digits and hyphens; also the value of <c>STACK</c> in builds.</param>
/// <param name="Run">The image that apps run on; null: the one that the builder names.</param>
/// <param name="Build">The image that buildpacks run in.</param>
/// <param name="User">The uid that builds run as; null: what the build image says.</param>
/// <param name="IsBuilder">The build image has buildpacks and a lifecycle of its own, which build.</param>
public sealed record ConfiguredStack(string Name, string? Run, string Build, int? User, bool IsBuilder = false);
