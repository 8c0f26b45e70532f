namespace NeetoDeploy.Core.Builds;

/// <summary>Stacks that mean more than a pair of images.</summary>
public static class KnownStacks
{
    /// <summary>Apps of this stack are built from a Dockerfile, or from several that a <c>heroku.yml</c> names, and not by buildpacks.</summary>
    public const string Container = "container";
}
