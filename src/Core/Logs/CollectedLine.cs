namespace NeetoDeploy.Core.Logs;

/// <summary>A line of a dyno that a collector brought. Collectors bring a line again when they did not hear that it arrived.</summary>
/// <param name="Id">The same each time that the line is brought.</param>
/// <param name="Entry">What was written.</param>
[GenerateSerializer, Immutable, Alias("neeto.CollectedLine")]
public sealed record CollectedLine([property: Id(0)] CollectedLineId Id, [property: Id(1)] LogEntry Entry);

/// <summary>Where and when a line was written, exactly enough that no two lines of an app share it.</summary>
/// <param name="Container">64 bits of the container's id.</param>
/// <param name="Nanoseconds">When it was written, since 1970 (UTC).</param>
/// <param name="Position">How many lines of that container and that time came before it in its batch.</param>
[GenerateSerializer, Immutable, Alias("neeto.CollectedLineId")]
public readonly record struct CollectedLineId(
    [property: Id(0)] ulong Container,
    [property: Id(1)] long Nanoseconds,
    [property: Id(2)] int Position
);
