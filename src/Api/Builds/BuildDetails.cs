using NeetoDeploy.Api.Contracts.Builds;
using NeetoDeploy.Api.Http;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Grains.Interfaces.Builds;

namespace NeetoDeploy.Api.Builds;

/// <summary>What a build's page shows.</summary>
internal static class BuildDetails
{
    public static BuildDetailsResource ToDetails(this BuildView build, ApiRequest request) =>
        new(
            build.ToResource(request),
            build.Attempt,
            [
                .. build
                    .Phases.OrderBy(timing => timing.Phase)
                    .Select(timing => new BuildPhaseResource(NameOf(timing.Phase), (long)timing.Duration.TotalMilliseconds)),
            ],
            build.Failure is { } failure ? new BuildFailureResource(NameOf(failure.Phase), failure.ExitCode, failure.Message) : null,
            build.Artifact is { } artifact ? ToImage(artifact) : null,
            [
                .. (build.Artifact?.Report?.CacheMisses ?? []).Select(miss => new CacheMissResource(
                    miss.What,
                    NameOf(miss.Reason),
                    miss.Explain()
                )),
            ],
            build.Artifact is { Buildpacks.IsDefault: false } built ? [.. built.Buildpacks] : [],
            build.Trouble
        );

    private static BuildImageResource ToImage(BuildArtifact artifact) =>
        new(
            artifact.Image.ToString(),
            artifact.SizeBytes,
            artifact.UploadedBytes,
            artifact.Report?.PreviousSizeBytes,
            artifact.Report?.Grown()?.Name,
            [
                .. (artifact.Report?.Layers ?? []).Select(layer => new BuildLayerResource(
                    layer.Name,
                    layer.SizeBytes,
                    layer.UploadedBytes,
                    layer.IsReused(),
                    layer.PreviousSizeBytes
                )),
            ],
            [.. artifact.Report?.Sboms ?? []]
        );

    private static string NameOf(BuildPhase phase) => phase.ToString().ToLowerInvariant();

    private static string NameOf(CacheMissReason reason) =>
        reason switch
        {
            CacheMissReason.FirstBuild => "first-build",
            CacheMissReason.Purged => "purged",
            CacheMissReason.NewStack => "new-stack",
            CacheMissReason.BuildpackVersion => "buildpack-version",
            CacheMissReason.NotesChanged => "notes-changed",
            CacheMissReason.Unexplained => "unexplained",
            _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, null),
        };
}
