using NeetoDeploy.Api.Accounts;
using NeetoDeploy.Api.Apps;
using NeetoDeploy.Api.Buildpacks;
using NeetoDeploy.Api.Contracts.Builds;
using NeetoDeploy.Api.Contracts.Json;
using NeetoDeploy.Api.Http;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Grains.Interfaces.Builds;

namespace NeetoDeploy.Api.Builds;

internal static class BuildMapping
{
    public static BuildResource ToResource(this BuildView build, ApiRequest request) =>
        new(
            new IdRef(build.App.Value),
            build.Buildpacks.IsEmpty ? null : [.. build.Buildpacks.Select(buildpack => buildpack.ToResource())],
            build.CreatedAt,
            AppMapping.Generation,
            build.Id.Value,
            request.Urls.OutputUrl(build.Output),
            new SourceBlobResource(
                build.Source.Checksum,
                SourceUrl(build.Source.Url),
                build.Source.Version,
                build.Source.VersionDescription
            ),
            build.Release is { } release ? new IdRef(release.Value) : null,
            build.Artifact is null || build.Artifact.IsNothingNew() ? null : new IdRef(build.Id.Value),
            build.Stack,
            StatusOf(build.Status),
            build.UpdatedAt,
            build.User.ToUserRef()
        );

    /// <summary>Where on this machine a source is kept is nobody's business.</summary>
    private static string SourceUrl(string url) => url.StartsWith("file:", StringComparison.Ordinal) ? "file:" : url;

    private static string StatusOf(BuildStatus status) =>
        status switch
        {
            BuildStatus.Queued or BuildStatus.Running => "pending",
            BuildStatus.Succeeded => "succeeded",
            BuildStatus.Failed or BuildStatus.Cancelled => "failed",
            _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
        };
}
