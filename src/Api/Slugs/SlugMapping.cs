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
    public static SlugResource ToResource(this SlugView slug) =>
        new(
            new SlugBlob("get", slug.Image.ToString()),
            slug.BuildpackDescription,
            slug.Checksum ?? slug.Image.Digest.ToString(),
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
