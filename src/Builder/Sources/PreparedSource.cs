namespace NeetoDeploy.Builder.Sources;

/// <summary>A source in its place.</summary>
/// <param name="Index">What it holds.</param>
/// <param name="Project">What its <c>project.toml</c> asks for.</param>
internal sealed record PreparedSource(SourceIndex Index, ProjectDescriptor Project);
