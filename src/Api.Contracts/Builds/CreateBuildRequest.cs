namespace NeetoDeploy.Api.Contracts.Builds;

/// <summary>Asks for a build.</summary>
/// <param name="Buildpacks">For this build only; null: the app's own.</param>
public sealed record CreateBuildRequest(CreateBuildRequest.Blob? SourceBlob, CreateBuildRequest.BuildpackUrl[]? Buildpacks = null)
{
    /// <summary>An archive: a tar, gzip-compressed or not.</summary>
    /// <param name="Checksum"><c>SHA256:hex</c>; null when not given.</param>
    public sealed record Blob(string? Url, string? Version = null, string? Checksum = null, string? VersionDescription = null);

    /// <summary>A buildpack by URL or by name.</summary>
    public sealed record BuildpackUrl(string? Url, string? Name = null);
}
