namespace NeetoDeploy.Grains.Interfaces.Installations;

/// <summary>How what nothing needs any more was last removed.</summary>
/// <param name="Subject">From where: <c>registry</c>, <c>build caches</c>.</param>
/// <param name="At">When; null: not since the silo was started.</param>
/// <param name="Trouble">Why it stays until the next time; null: it is gone.</param>
[GenerateSerializer, Immutable, Alias("neeto.GarbageCollection")]
public sealed record GarbageCollection(
    [property: Id(0)] string Subject,
    [property: Id(1)] DateTimeOffset? At,
    [property: Id(2)] string? Trouble
);
