using NeetoDeploy.Builder.Lifecycle.Buildpacks;

namespace NeetoDeploy.Builder.Lifecycle.Detection;

/// <summary>A buildpack in a group.</summary>
/// <param name="Optional">The group does without it when it does not apply.</param>
internal sealed record GroupMember(Buildpack Buildpack, bool Optional);
