namespace NeetoDeploy.Core.Builds;

/// <summary>Why something was made anew.</summary>
public enum CacheMissReason
{
    /// <summary>There is no image to compare with.</summary>
    FirstBuild,

    /// <summary>Nothing was kept from the build before: the cache was purged, or given back when the disk was full.</summary>
    Purged,

    /// <summary>The image before stands on another stack.</summary>
    NewStack,

    /// <summary>The buildpack has another version than the one that made the image before.</summary>
    BuildpackVersion,

    /// <summary>What the buildpack notes about a layer has changed: a version that was chosen, the hash of a lock file.</summary>
    NotesChanged,

    /// <summary>The buildpack made the layer anew and notes nothing that would say why.</summary>
    Unexplained,
}

/// <summary>Something that a build made anew.</summary>
/// <param name="What">A layer, a buildpack, or <c>build</c> for all of it.</param>
/// <param name="Detail">What changed, such as <c>key: 22.11.0 → 22.12.0</c>; null when there is nothing to add.</param>
[GenerateSerializer, Immutable, Alias("neeto.CacheMiss")]
public sealed record CacheMiss(
    [property: Id(0)] string What,
    [property: Id(1)] CacheMissReason Reason,
    [property: Id(2)] string? Detail = null
)
{
    /// <summary>The name for everything that a build makes.</summary>
    public const string Everything = "build";

    /// <summary>One line for a person.</summary>
    public string Explain() =>
        Reason switch
        {
            CacheMissReason.FirstBuild => "First build: the app had no layers of its own to reuse",
            CacheMissReason.Purged =>
                "Nothing was kept from the build before: the build cache was purged, or given back when the disk was full",
            CacheMissReason.NewStack => $"The stack has changed: {Detail}",
            CacheMissReason.BuildpackVersion => $"{What} has another version: {Detail}",
            CacheMissReason.NotesChanged => $"{What} was made anew: {Detail}",
            CacheMissReason.Unexplained => $"{What} was made anew; its buildpack does not note why",
            _ => throw new ArgumentOutOfRangeException(nameof(Reason), Reason, null),
        };
}
