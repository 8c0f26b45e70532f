using NeetoDeploy.Core.Dynos;
using NeetoDeploy.Core.Releases;
using NeetoDeploy.Core.Runs;
using NeetoDeploy.Grains.Interfaces.Runs;
using NeetoDeploy.Grains.Storage;

namespace NeetoDeploy.Grains.Runs;

/// <summary>What a one-off dyno remembers.</summary>
public sealed record RunState : StoredState
{
    public const string StateName = "run";

    /// <summary>Null before it was asked for.</summary>
    public StartRun? Command { get; init; }

    public DynoName? Name { get; init; }

    public ReleaseVersion Release { get; init; }

    public ReleaseId ReleaseId { get; init; }

    public RunLife? Life { get; init; }

    /// <summary>Everybody who waits for its end has been told.</summary>
    public bool IsClosed { get; init; }
}
