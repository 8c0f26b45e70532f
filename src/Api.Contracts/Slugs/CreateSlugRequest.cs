namespace NeetoDeploy.Api.Contracts.Slugs;

/// <summary>Asks for a slug to upload.</summary>
/// <param name="ProcessTypes">Command of each process type; null or empty: those of the Procfile in the archive.</param>
/// <param name="Checksum"><c>SHA256:hex</c> of the archive; null: it is not checked.</param>
/// <param name="Stack">The stack it was made for, by name or id; null: the app's own.</param>
public sealed record CreateSlugRequest(
    Dictionary<string, string>? ProcessTypes = null,
    string? BuildpackProvidedDescription = null,
    string? Checksum = null,
    string? Commit = null,
    string? CommitDescription = null,
    string? Stack = null
);
