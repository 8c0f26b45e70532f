namespace NeetoDeploy.Builder.Lifecycle;

/// <summary>Exit codes of the platform specification: each phase has its band of ten.</summary>
internal static class ExitCodes
{
    public const int Generic = 1;
    public const int InvalidArguments = 3;
    public const int PlatformApiUnsupported = 11;
    public const int BuildpackApiUnsupported = 12;

    /// <summary>No group of buildpacks passed detection.</summary>
    public const int DetectNonePassed = 20;

    /// <summary>No group passed, and at least one buildpack failed otherwise than by saying no.</summary>
    public const int DetectErrored = 21;

    public const int Detect = 22;

    /// <summary>A buildpack has not said in time whether it applies; of the band for detection, one that the specification leaves free.</summary>
    public const int DetectTimedOut = 29;

    public const int Restore = 42;

    /// <summary>A buildpack's <c>bin/build</c> failed: the app's or the buildpack's fault.</summary>
    public const int BuildpackFailed = 51;

    public const int Build = 52;
}
