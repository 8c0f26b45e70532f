using System.Collections.Immutable;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Core.Logs;
using NeetoDeploy.Core.Releases;
using NeetoDeploy.Grains.Interfaces.Apps;

namespace NeetoDeploy.Grains.Interfaces.Builds;

/// <summary>What to build.</summary>
/// <param name="Id">Chosen by the caller, so that repeating the command starts no second build.</param>
/// <param name="Buildpacks">For this build only; empty: the app's own, or detection.</param>
[GenerateSerializer, Immutable, Alias("neeto.StartBuild")]
public sealed record StartBuild(
    [property: Id(0)] BuildId Id,
    [property: Id(1)] SourceRef Source,
    [property: Id(2)] ImmutableArray<BuildpackRef> Buildpacks
);

/// <summary>A build with all that it needs from its app.</summary>
/// <param name="Slug">What image to make without buildpacks; null for a real build.</param>
[GenerateSerializer, Immutable, Alias("neeto.QueuedBuild")]
public sealed record QueuedBuild(
    [property: Id(0)] StartBuild Command,
    [property: Id(1)] AppName App,
    [property: Id(2)] string Stack,
    [property: Id(3)] AccountRef User,
    [property: Id(4)] SlugSpec? Slug = null
);

/// <summary>A slug to be uploaded.</summary>
/// <param name="Source">Where its archive will be.</param>
/// <param name="Stack">The stack it was made for; null: the app's own.</param>
[GenerateSerializer, Immutable, Alias("neeto.CreateSlug")]
public sealed record CreateSlug([property: Id(0)] SlugSpec Slug, [property: Id(1)] SourceRef Source, [property: Id(2)] string? Stack);

/// <summary>A build as people see it.</summary>
/// <param name="Output">Its output stream.</param>
/// <param name="Release">The release it made; null until then.</param>
/// <param name="Attempt">From 1; grows when a builder was lost.</param>
/// <param name="Slug">What image it makes without buildpacks; null for a real build.</param>
/// <param name="Trouble">Why it does not get on, such as storage that is full; null when it does.</param>
[GenerateSerializer, Immutable, Alias("neeto.BuildView")]
public sealed record BuildView(
    [property: Id(0)] BuildId Id,
    [property: Id(1)] AppId App,
    [property: Id(2)] BuildStatus Status,
    [property: Id(3)] string Stack,
    [property: Id(4)] SourceRef Source,
    [property: Id(5)] ImmutableArray<BuildpackRef> Buildpacks,
    [property: Id(6)] AccountRef User,
    [property: Id(7)] OutputId Output,
    [property: Id(8)] ImmutableArray<PhaseTiming> Phases,
    [property: Id(9)] BuildFailure? Failure,
    [property: Id(10)] BuildArtifact? Artifact,
    [property: Id(11)] ReleaseId? Release,
    [property: Id(12)] int Attempt,
    [property: Id(13)] DateTimeOffset CreatedAt,
    [property: Id(14)] DateTimeOffset UpdatedAt,
    [property: Id(15)] string? Trouble = null,
    [property: Id(16)] SlugSpec? Slug = null
);
