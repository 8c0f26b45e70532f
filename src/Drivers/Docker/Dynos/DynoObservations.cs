using System.Globalization;
using Docker.DotNet.Models;
using NeetoDeploy.Drivers.Abstractions.Dynos;
using NeetoDeploy.Drivers.Docker.Engine;

namespace NeetoDeploy.Drivers.Docker.Dynos;

/// <summary>Reads observations from what the engine says of containers.</summary>
internal static class DynoObservations
{
    /// <summary>Null when the container is no dyno of this installation.</summary>
    public static DynoObservation? Read(EngineContainer container, EngineNames names, string? address)
    {
        if (names.ReadKey(container.Labels) is not { } key)
            return null;
        var phase = PhaseOf(container.State);
        return new DynoObservation(
            key,
            new DynoHandle(container.Id),
            phase,
            phase == DynoPhase.Running ? address : null,
            phase == DynoPhase.Exited ? (int)container.State.ExitCode : null,
            container.State.OOMKilled,
            TimeOf(container.State.StartedAt),
            phase == DynoPhase.Exited ? TimeOf(container.State.FinishedAt) : null
        );
    }

    private static DynoPhase PhaseOf(State state) =>
        state.Status switch
        {
            "created" or "configured" or "initialized" => DynoPhase.Created,
            "exited" or "dead" or "stopped" or "removing" => DynoPhase.Exited,
            _ => DynoPhase.Running,
        };

    // The engine writes the year 1 for a moment that has not come.
    private static DateTimeOffset? TimeOf(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) && time.Year > 1
            ? time
            : null;
}
