namespace NeetoDeploy.Grains.Interfaces.Builds;

/// <summary>Places for archives that builds start from. The host brings it; who has a place may fill it, once, and needs nothing else for that.</summary>
public interface ISourcePlaces
{
    /// <summary>A new place, kept for a day.</summary>
    SourcePlace Create();
}

/// <summary>A place for an archive.</summary>
/// <param name="UploadPath">The path on the API's host that takes the archive by PUT. It is a permission: whoever knows it may use it.</param>
/// <param name="Url">The source's URL for the builder.</param>
[GenerateSerializer, Immutable, Alias("neeto.SourcePlace")]
public sealed record SourcePlace([property: Id(0)] string UploadPath, [property: Id(1)] string Url);
