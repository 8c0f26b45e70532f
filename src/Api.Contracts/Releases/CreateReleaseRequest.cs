namespace NeetoDeploy.Api.Contracts.Releases;

/// <summary>Asks for a release of a slug, or of what an earlier release ran. Exactly one of the two is given.</summary>
/// <param name="Release">The earlier release, by id or version: its image and its config vars.</param>
/// <param name="Slug">The id of a slug of this or another app; the config vars are the app's present ones.</param>
/// <param name="Description">What a slug's release is called; null: its commit.</param>
public sealed record CreateReleaseRequest(string? Release, string? Slug = null, string? Description = null);
