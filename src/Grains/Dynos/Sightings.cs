using NeetoDeploy.Core.Dynos;
using NeetoDeploy.Drivers.Abstractions.Dynos;

namespace NeetoDeploy.Grains.Dynos;

/// <summary>From a driver's words to Core's.</summary>
internal static class Sightings
{
    /// <summary>What the engine says; what only a grain knows is for the caller to add.</summary>
    public static IncarnationSighting Of(DynoObservation found) =>
        new(
            found.Phase switch
            {
                DynoPhase.Created => SightedPhase.Created,
                DynoPhase.Running => SightedPhase.Running,
                _ => SightedPhase.Exited,
            },
            found.Address,
            found.ExitCode,
            found.OutOfMemory,
            found.StartedAt,
            found.FinishedAt
        );
}
