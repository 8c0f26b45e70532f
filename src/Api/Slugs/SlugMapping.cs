using System.Collections.Immutable;
using NeetoDeploy.Api.Apps;
using NeetoDeploy.Api.Contracts.Slugs;
using NeetoDeploy.Api.Http;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Grains.Interfaces.Builds;
using NeetoDeploy.Grains.Interfaces.Releases;

namespace NeetoDeploy.Api.Slugs;

internal static class SlugMapping
{
    /// <summary>How long the URL of an archive serves, as at Heroku.</summary>
    private static readonly TimeSpan UrlLifetime = TimeSpan.FromHours(1);

    public static SlugResource ToResource(this SlugView slug, ApiRequest request) =>
        new(
            new SlugBlob(
                "get",
                request.Urls.SlugArchiveUrl(request.App.Id, slug.Id, request.Service<TimeProvider>().GetUtcNow() + UrlLifetime)
            ),
            slug.BuildpackDescription,
            slug.Checksum,
            slug.Commit,
            slug.CommitDescription,
            slug.CreatedAt,
            slug.Id,
            slug.ProcessTypes,
            slug.SizeBytes,
            AppMapping.StackRef(slug.Stack),
            slug.CreatedAt,
            DeletedAt: null
        );

    /// <summary>A slug that is no image yet.</summary>
    public static SlugResource ToSlug(this BuildView build, ApiRequest request) =>
        new(
            new SlugBlob("put", request.Urls.SlugUrl(build.App, build.Id)),
            build.Slug!.BuildpackDescription,
            build.Source.Checksum,
            build.Source.Version,
            build.Slug.CommitDescription,
            build.CreatedAt,
            build.Id.Value,
            build.Slug.ProcessTypes,
            Size: null,
            AppMapping.StackRef(build.Stack),
            build.UpdatedAt,
            DeletedAt: null
        );

    /// <summary>What to make; the same words as in the answer.</summary>
    public static SlugSpec ToSpec(this CreateSlugRequest body, BuildId id) =>
        new(
            id.Value,
            (body.ProcessTypes ?? []).ToImmutableSortedDictionary(StringComparer.Ordinal),
            body.BuildpackProvidedDescription,
            body.CommitDescription,
            CopyOf: null
        );
}
