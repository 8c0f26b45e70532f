using NeetoDeploy.Builder.Images;
using NeetoDeploy.Builder.Sources;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Drivers.Abstractions.Builds;

namespace NeetoDeploy.Builder.Builds;

/// <summary>Makes an image of an uploaded slug, in a folder that is only for this.</summary>
internal sealed class SlugAttempt(BuildJob job, AppFolder folder, StackImages stack, BuildTools tools, BuildTranscript transcript)
{
    public async Task<BuildOutcome> RunAsync(SlugSpec slug, CancellationToken cancel)
    {
        folder.Make(stack.UserId);
        await transcript.LineAsync("-----> Unpacking the slug");
        var source = await transcript.MeasureAsync(BuildPhase.Prepare, () => UnpackAsync(cancel));
        var built = SlugApp.Make(folder, slug);
        await transcript.LineAsync("-----> Exporting the image");
        var export = await transcript.MeasureAsync(
            BuildPhase.Export,
            async () =>
                await tools.Exporter.ExportAsync(
                    job,
                    folder,
                    stack,
                    built,
                    source,
                    await Analysis.FindAsync(tools.Images, stack, previous: null, cancel),
                    cancel
                )
        );
        await transcript.MeasureAsync(BuildPhase.Pull, () => new EnginePull(tools.Dynos, transcript).TryAsync(export.Image, cancel));
        var report = ImageReport.Of(export, before: null, misses: []);
        await transcript.SummariseAsync(report);
        return new BuildOutcome.Succeeded(
            new BuildArtifact(export.Image, built.DeclaredTypes(), export.Size, export.Uploaded, [], Report: report)
        );
    }

    private Task<SourceIndex> UnpackAsync(CancellationToken cancel)
    {
        var place = new SourceTree.Place(folder.App, folder.AppScratch, folder.SourceIndex, folder.Buildpacks, stack.UserId);
        return tools.Sources.ReplaceBySlugAsync(job.Source, place, folder.Layers, cancel);
    }
}
