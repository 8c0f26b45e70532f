namespace NeetoDeploy.Builder.Creators;

/// <summary>
/// Names of images for a lifecycle that finds them in a folder instead of a registry, by the rules of the buildpacks platform specification, "Map an image
/// reference to a path in the layout directory". Their registry is one that cannot be (RFC 2606), should a lifecycle ask after it.
/// </summary>
internal static class LayoutNames
{
    public const string RunImage = $"{Registry}run:stack";
    public const string Previous = $"{Registry}app:previous";
    public const string Built = $"{Registry}app:built";

    /// <summary>What every such name begins with.</summary>
    public const string Registry = "neeto.invalid/";

    /// <summary><c>registry/repository:tag</c> is in <c>registry/repository/tag</c>.</summary>
    public static string PathOf(string reference) => reference.Replace(':', '/');
}
