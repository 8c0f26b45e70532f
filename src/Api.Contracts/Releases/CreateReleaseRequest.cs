namespace NeetoDeploy.Api.Contracts.Releases;

/// <summary>Asks for a release with the image and the config vars of an earlier one.</summary>
/// <param name="Release">The earlier release, by id or version.</param>
/// <param name="Slug">A bare slug, which is refused: images come from builds.</param>
public sealed record CreateReleaseRequest(string? Release, string? Slug = null);
