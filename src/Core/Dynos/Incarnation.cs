using System.Text.Json.Serialization;

namespace NeetoDeploy.Core.Dynos;

/// <summary>The stages of one incarnation, in their order; none is ever gone back to.</summary>
public enum IncarnationStage
{
    /// <summary>Being created, or running and not yet listening.</summary>
    Starting,

    /// <summary>Does its work; a web dyno receives requests.</summary>
    Up,

    /// <summary>Receives no new requests and finishes those it has.</summary>
    Draining,

    /// <summary>Told to end.</summary>
    Stopping,

    /// <summary>Has ended; its output is read and its container removed.</summary>
    Removing,
}

/// <summary>One container in a dyno's place, as the place's grain remembers it.</summary>
/// <param name="Generation">Unique in the place; grows with every start.</param>
/// <param name="Wish">What it was started for.</param>
/// <param name="Since">When the stage began.</param>
/// <param name="CreatedAt">When it was decided on.</param>
/// <param name="WasSeen">The engine has had it: when it is absent now, it was lost.</param>
/// <param name="Address">Its address once it ran; null before.</param>
/// <param name="Grace">Between SIGTERM and SIGKILL.</param>
public sealed record Incarnation(
    int Generation,
    DynoWish Wish,
    IncarnationStage Stage,
    DateTimeOffset Since,
    DateTimeOffset CreatedAt,
    bool WasSeen,
    string? Address,
    TimeSpan Grace
)
{
    /// <summary>Not yet on its way out.</summary>
    [JsonIgnore]
    public bool IsCurrent => Stage is IncarnationStage.Starting or IncarnationStage.Up;

    internal Incarnation Enter(IncarnationStage stage, DateTimeOffset now) => this with { Stage = stage, Since = now };
}
