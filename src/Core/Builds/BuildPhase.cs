namespace NeetoDeploy.Core.Builds;

/// <summary>The steps of a build in their order; each has a duration in the build's record.</summary>
public enum BuildPhase
{
    /// <summary>Source fetched and unpacked.</summary>
    Prepare,
    Detect,
    Analyze,
    Restore,
    Build,
    Export,

    /// <summary>The engine has the image.</summary>
    Pull,
}

/// <summary>How long a phase took.</summary>
[GenerateSerializer, Immutable, Alias("neeto.PhaseTiming")]
public sealed record PhaseTiming([property: Id(0)] BuildPhase Phase, [property: Id(1)] TimeSpan Duration);
