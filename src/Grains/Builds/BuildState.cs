using System.Collections.Immutable;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Core.Releases;
using NeetoDeploy.Grains.Interfaces.Builds;
using NeetoDeploy.Grains.Storage;

namespace NeetoDeploy.Grains.Builds;

public sealed record BuildState : StoredState
{
    public const string StateName = "build";

    /// <summary>Null: there is no such build.</summary>
    public QueuedBuild? Build { get; init; }

    public BuildStatus Status { get; init; }

    /// <summary>Its turn has come.</summary>
    public bool IsDue { get; init; }

    /// <summary>Stored before the attempt touches anything outside, so that whatever it leaves carries a number that is never used again.</summary>
    public int Attempt { get; init; }

    /// <summary>Why somebody wants it stopped; null while nobody does.</summary>
    public string? CancelReason { get; init; }

    public ImmutableArray<PhaseTiming> Phases { get; init; } = [];

    public BuildFailure? Failure { get; init; }

    /// <summary>Set when the image is there; from then on the build is being released and can no longer be cancelled.</summary>
    public BuildArtifact? Artifact { get; init; }

    public ReleaseId? Release { get; init; }

    /// <summary>What an attempt may have left outside was removed. The end may come first, when the engine is away.</summary>
    public bool IsCleanedUp { get; init; }

    /// <summary>The app knows of the end, and the output is complete.</summary>
    public bool IsReported { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }
}
