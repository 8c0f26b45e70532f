using System.Collections.Immutable;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Core.Images;
using NeetoDeploy.Core.Logs;
using NeetoDeploy.Core.Releases;
using NeetoDeploy.Grains.Interfaces.Apps;

namespace NeetoDeploy.Grains.Interfaces.Releases;

/// <summary>A release as people see it.</summary>
/// <param name="Slug">What it runs; null before the first build.</param>
/// <param name="IsCurrent">True for exactly one release of an app.</param>
/// <param name="IsEligibleForRollback">It has an image and succeeded.</param>
/// <param name="Output">The output of its release phase; null when it has none.</param>
[GenerateSerializer, Immutable, Alias("neeto.ReleaseView")]
public sealed record ReleaseView(
    [property: Id(0)] ReleaseId Id,
    [property: Id(1)] ReleaseVersion Version,
    [property: Id(2)] AppId App,
    [property: Id(3)] string Description,
    [property: Id(4)] ReleaseStatus Status,
    [property: Id(5)] AccountRef User,
    [property: Id(6)] SlugView? Slug,
    [property: Id(7)] bool IsCurrent,
    [property: Id(8)] bool IsEligibleForRollback,
    [property: Id(9)] OutputId? Output,
    [property: Id(10)] DateTimeOffset CreatedAt,
    [property: Id(11)] DateTimeOffset UpdatedAt
);

/// <summary>An image of an app with its process types: what Heroku calls a slug.</summary>
/// <param name="Id">That of the build which made it, or of the slug that was uploaded: the same for ever, and in every app that takes it over.</param>
/// <param name="Images">What each process type runs; null when a launcher in <paramref name="Image"/> starts all of them.</param>
/// <param name="Checksum"><c>SHA256:hex</c> of an uploaded archive, as the user gave it; null when there is none.</param>
[GenerateSerializer, Immutable, Alias("neeto.SlugView")]
public sealed record SlugView(
    [property: Id(0)] Guid Id,
    [property: Id(1)] BuildId Build,
    [property: Id(2)] ImageRef Image,
    [property: Id(3)] ImmutableSortedDictionary<string, string> ProcessTypes,
    [property: Id(4)] string? Commit,
    [property: Id(5)] long SizeBytes,
    [property: Id(6)] string Stack,
    [property: Id(7)] string? BuildpackDescription,
    [property: Id(8)] DateTimeOffset CreatedAt,
    [property: Id(9)] ImmutableSortedDictionary<string, ProcessImage>? Images = null,
    [property: Id(10)] string? Checksum = null,
    [property: Id(11)] string? CommitDescription = null
);

/// <summary>All that a dyno needs of a release. It holds secrets.</summary>
[GenerateSerializer, Immutable, Alias("neeto.RunnableRelease")]
public sealed record RunnableRelease(
    [property: Id(0)] ReleaseView Release,
    [property: Id(1)] ImmutableSortedDictionary<string, string> ConfigVars
);
