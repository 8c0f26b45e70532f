using System.Collections.Immutable;
using NeetoDeploy.Builder.Creators;
using NeetoDeploy.Builder.Images;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Core.Images;
using NeetoDeploy.Drivers.Abstractions.Builds;

namespace NeetoDeploy.Builder.Builds;

/// <summary>One attempt at a build that builds nothing: it puts the image of the newest release on the present run image of the app's stack.</summary>
internal sealed class RebaseAttempt(BuildJob job, StackImages stack, BuildTools tools, BuildTranscript transcript)
{
    public async Task<BuildOutcome> RunAsync(CancellationToken cancel)
    {
        var force = RebaseSource.Parse(job.Source.Url).Match(force => force, error => throw RebaseSafety.Refusal(error.Message));
        var before = Before();
        await transcript.LineAsync($"-----> Putting the image on the run image of {job.Stack}, {stack.RunImage.Digest}");
        var rebaser = new ImageRebaser(tools.Images);
        var image = await transcript.MeasureAsync(BuildPhase.Export, () => rebaser.RebaseAsync(before, stack.RunImage, force, cancel));
        if (image == before)
            await transcript.LineAsync("       It stands on this run image already: there is nothing to release");
        else
            await transcript.MeasureAsync(BuildPhase.Pull, () => new EnginePull(tools.Dynos, transcript).TryAsync(image, cancel));
        var artifact = await DescribeAsync(image, before, cancel);
        await transcript.SummariseAsync(artifact.Report!);
        return new BuildOutcome.Succeeded(artifact);
    }

    /// <summary>The image of the newest release, when that is one that a run image lies under.</summary>
    private ImageRef Before() =>
        job.PreviousImage is not { } before ? throw RebaseSafety.Refusal("nothing has been deployed yet")
        : job.PreviousImages is not null
            ? throw RebaseSafety.Refusal(
                "the newest release has images of Dockerfiles, or images that were given, which stand on what they say themselves: deploy it again"
            )
        : job.Stack == KnownStacks.Container
            ? throw RebaseSafety.Refusal(
                $"the app's stack is {job.Stack} now, which has no run image: deploy it again, or change the stack"
            )
        : before;

    private async Task<BuildArtifact> DescribeAsync(ImageRef image, ImageRef before, CancellationToken cancel)
    {
        var stored = await StoredImage.FindAsync(tools.Images, image, cancel) ?? throw RebaseSafety.Refusal($"the registry has no {image}");
        var sboms = await new ImageContents(tools.Images).ListSbomsAsync(image, cancel);
        var report = ImageReport.OfRebased(stored, sboms.Match(found => found, _ => []));
        var app = Read(stored);
        return new BuildArtifact(
            image,
            app.ProcessTypes,
            report.SizeBytes(),
            report.UploadedBytes(),
            app.Buildpacks,
            Report: report,
            Rebased: new RebasedImage(before, stack.RunImage)
        );
    }

    private static CreatedApp Read(StoredImage image)
    {
        try
        {
            return CreatedApp.Parse(image.Label(CreatedApp.Label));
        }
        catch (FormatException e)
        {
            throw RebaseSafety.Refusal(e.Message);
        }
    }
}
