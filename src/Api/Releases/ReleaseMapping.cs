using NeetoDeploy.Api.Accounts;
using NeetoDeploy.Api.Apps;
using NeetoDeploy.Api.Contracts.Json;
using NeetoDeploy.Api.Contracts.Releases;
using NeetoDeploy.Api.Http;
using NeetoDeploy.Core.Releases;
using NeetoDeploy.Grains.Interfaces.Releases;

namespace NeetoDeploy.Api.Releases;

internal static class ReleaseMapping
{
    public static ReleaseResource ToResource(this ReleaseView release, ApiRequest request) =>
        new(
            AddonPlanNames: [],
            release.Slug is { } slug ? [new ArtifactResource("slug", slug.Id)] : [],
            request.App.ToRef(),
            release.CreatedAt,
            release.Description,
            release.Id.Value,
            release.UpdatedAt,
            release.Slug is { } image ? new IdRef(image.Id) : null,
            StatusOf(release.Status),
            release.User.ToUserRef(),
            release.Version.Number,
            release.IsCurrent,
            release.Output is { } output ? request.Urls.OutputUrl(output) : null,
            release.IsEligibleForRollback
        );

    private static string StatusOf(ReleaseStatus status) =>
        status switch
        {
            ReleaseStatus.Pending => "pending",
            ReleaseStatus.Succeeded => "succeeded",
            ReleaseStatus.Failed => "failed",
            ReleaseStatus.Expired => "expired",
            _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
        };
}
