namespace NeetoDeploy.Core.Builds;

/// <summary>Where a build's source is.</summary>
/// <param name="Url"><c>file://</c> (stored by this installation) or <c>http(s)://</c>: a tar, gzip-compressed or not, or a zip; a git repository, as <see cref="GitSource"/> says; images, as <see cref="ImageSource"/> says; or a rebase, as <see cref="RebaseSource"/> says.</param>
/// <param name="Version">A commit or what the user calls the version; null when unknown.</param>
/// <param name="VersionDescription">What the user says about the version; null when nothing.</param>
/// <param name="Checksum"><c>SHA256:hex</c> of the archive; null when not given.</param>
[GenerateSerializer, Immutable, Alias("neeto.SourceRef")]
public sealed record SourceRef(
    [property: Id(0)] string Url,
    [property: Id(1)] string? Version,
    [property: Id(2)] string? Checksum,
    [property: Id(3)] string? VersionDescription = null
);
