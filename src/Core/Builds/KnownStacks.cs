namespace NeetoDeploy.Core.Builds;

/// <summary>Stacks that every installation has.</summary>
public static class KnownStacks
{
    /// <summary>The default, which is made on the machine itself and needs no other registry.</summary>
    public const string Default = "neeto-12";

    /// <summary>Apps of this stack are built from a Dockerfile, or from several that a <c>heroku.yml</c> names, and not by buildpacks.</summary>
    public const string Container = "container";
}
