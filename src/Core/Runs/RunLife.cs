using System.Text.Json.Serialization;

namespace NeetoDeploy.Core.Runs;

/// <summary>The stages of a one-off dyno, in their order.</summary>
public enum RunStage
{
    /// <summary>For somebody to attach.</summary>
    Waiting,

    /// <summary>Being created, or running.</summary>
    Running,

    /// <summary>Told to end.</summary>
    Stopping,

    /// <summary>Has ended; its output is read and its container removed.</summary>
    Removing,
    Ended,
}

/// <summary>All that is remembered of a one-off dyno's life.</summary>
/// <param name="Since">When the stage began.</param>
/// <param name="WasSeen">The engine has had it: when it is absent now, it was lost.</param>
/// <param name="ExitCode">Set when it has exited.</param>
public sealed record RunLife(RunStage Stage, bool IsAttached, DateTimeOffset CreatedAt, DateTimeOffset Since, bool WasSeen, int? ExitCode)
{
    [JsonIgnore]
    public bool HasEnded => Stage == RunStage.Ended;

    public static RunLife Begin(bool isAttached, DateTimeOffset now) =>
        new(isAttached ? RunStage.Waiting : RunStage.Running, isAttached, now, now, false, null);

    public RunLife Enter(RunStage stage, DateTimeOffset now) => Stage == stage ? this : this with { Stage = stage, Since = now };
}
