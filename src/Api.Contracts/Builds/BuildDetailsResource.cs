namespace NeetoDeploy.Api.Contracts.Builds;

/// <summary>
/// What a build's page shows (<c>GET /apps/{app}/builds/{build}/details</c>), which Heroku's API does not have. Bytes are compressed ones.
/// </summary>
/// <param name="Attempt">From 1; grows when a builder was lost. 0 before the first.</param>
/// <param name="Phases">Those that have ended, in their order.</param>
/// <param name="Failure">Null unless the build failed.</param>
/// <param name="Image">Null until there is one.</param>
/// <param name="Cache">What was made anew, and why.</param>
/// <param name="Buildpacks">What built it, such as <c>neeto/nodejs 1.0.0</c>.</param>
/// <param name="Trouble">Why the build does not get on; null when it does.</param>
public sealed record BuildDetailsResource(
    BuildResource Build,
    int Attempt,
    BuildPhaseResource[] Phases,
    BuildFailureResource? Failure,
    BuildImageResource? Image,
    CacheMissResource[] Cache,
    string[] Buildpacks,
    string? Trouble
);

/// <summary>A phase: <c>prepare</c>, <c>detect</c>, <c>analyze</c>, <c>restore</c>, <c>build</c>, <c>export</c> or <c>pull</c>.</summary>
public sealed record BuildPhaseResource(string Name, long Milliseconds);

/// <summary>In which phase a build failed, and why.</summary>
/// <param name="ExitCode">The lifecycle's, by the buildpacks platform specification; 0 when there is none.</param>
public sealed record BuildFailureResource(string Phase, int ExitCode, string Message);

/// <summary>The image that a build made.</summary>
/// <param name="Size">Of the app's own layers.</param>
/// <param name="Uploaded">How much of it the registry did not have.</param>
/// <param name="PreviousSize">Of the release before; null when there was none.</param>
/// <param name="GrownLayer">The layer that grew most since then; null when none did.</param>
/// <param name="Layers">Bottom first.</param>
/// <param name="Sboms">Bills of materials in it, by their paths in <c>/layers/sbom/launch</c>.</param>
public sealed record BuildImageResource(
    string Reference,
    long Size,
    long Uploaded,
    long? PreviousSize,
    string? GrownLayer,
    BuildLayerResource[] Layers,
    string[] Sboms
);

/// <summary>A layer.</summary>
/// <param name="PreviousSize">Of the layer of this name in the release before; null when it had none.</param>
public sealed record BuildLayerResource(string Name, long Size, long Uploaded, bool Reused, long? PreviousSize);

/// <summary>Something that was made anew.</summary>
/// <param name="What">A layer, a buildpack, or <c>build</c> for all of it.</param>
/// <param name="Reason"><c>first-build</c>, <c>purged</c>, <c>new-stack</c>, <c>buildpack-version</c>, <c>notes-changed</c> or <c>unexplained</c>.</param>
/// <param name="Message">The same in words.</param>
public sealed record CacheMissResource(string What, string Reason, string Message);
