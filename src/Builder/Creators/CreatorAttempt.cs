using NeetoDeploy.Builder.Buildpacks;
using NeetoDeploy.Builder.Builds;
using NeetoDeploy.Builder.Images;
using NeetoDeploy.Builder.Posix;
using NeetoDeploy.Builder.Sources;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Core.Images;
using NeetoDeploy.Drivers.Abstractions;
using NeetoDeploy.Drivers.Abstractions.Builds;

namespace NeetoDeploy.Builder.Creators;

/// <summary>One attempt at a build on a stack that is a builder: its own lifecycle builds, and the image is brought from its layout into the registry.</summary>
internal sealed class CreatorAttempt(
    BuildJob job,
    AppFolder folder,
    StackImages stack,
    BuilderImage builder,
    BuildTools tools,
    BuildTranscript transcript,
    TimeProvider time
)
{
    /// <summary>What a lifecycle's cache keeps (buildpacks lifecycle, "volume cache").</summary>
    private const string Kept = "committed";

    private readonly UntrustedFolder layers = new(folder.Layers);

    public async Task<BuildOutcome> RunAsync(CancellationToken cancel)
    {
        var known = await transcript.MeasureAsync(BuildPhase.Prepare, () => PrepareAsync(cancel));
        var wasKept = new UntrustedFolder(folder.Cache).Find(Kept, FileKind.Directory) is not null;
        var output = new CreatorOutput(transcript.WriteAsync, time);
        var exitCode = await tools.Guard.RunAsync(
            folder,
            transcript.Excess,
            guarded => tools.Creator.RunAsync(job, folder, stack, builder, known.Previous is not null, output.WriteAsync, guarded),
            cancel
        );
        var phases = output.End();
        foreach (var phase in phases.Where(phase => exitCode != 0 || phase.Phase != BuildPhase.Export))
            await transcript.AddAsync(phase);
        if (exitCode != 0)
            return new BuildOutcome.Failed(LifecycleFailure.From(exitCode, null, null, null));
        await transcript.LineAsync("-----> Taking the image into the registry");
        var exporting = phases.FirstOrDefault(phase => phase.Phase == BuildPhase.Export)?.Duration ?? TimeSpan.Zero;
        var (export, app) = await ImportAsync(known, exporting, cancel);
        await transcript.MeasureAsync(BuildPhase.Pull, () => new EnginePull(tools.Dynos, transcript).TryAsync(export.Image, cancel));
        var misses = CacheComparison.Of(known.Previous, known.Run.Label(ImageLabels.Stack) ?? "", export.Metadata, wasKept);
        var report = ImageReport.Of(export, known.Previous, misses);
        await transcript.SummariseAsync(report);
        return new BuildOutcome.Succeeded(
            new BuildArtifact(export.Image, app.ProcessTypes, export.Size, export.Uploaded, app.Buildpacks, Report: report)
        );
    }

    private async Task<Analysis> PrepareAsync(CancellationToken cancel)
    {
        var place = new SourceTree.Place(folder.App, folder.AppScratch, folder.SourceIndex, folder.Buildpacks, stack.UserId);
        var source = await tools.Sources.ReplaceAsync(job.Source, place, cancel);
        PlatformFolder.Write(folder.Platform, job, tools.Options.BuildEnvironment, source.Project.Environment, stack.UserId);
        // A lifecycle finds its layers again in its cache, and expects none here.
        AppFolder.Renew(folder.Layers, stack.UserId);
        AppFolder.Renew(folder.Layout, stack.UserId);
        CreatorOrder.Write(AppChoice.Of(job, new UntrustedFolder(folder.App)), source.Project, builder, layers);
        var analysis = await Analysis.FindAsync(tools.Images, stack, job.PreviousImage, cancel);
        var known = analysis.WithLayersOf(analysis.Run.Label(ImageLabels.Stack));
        await PutImagesAsync(known, cancel);
        return known;
    }

    private async Task PutImagesAsync(Analysis known, CancellationToken cancel)
    {
        var layout = new LayoutFolder(tools.Images, folder.Layout, stack.UserId);
        await layout.PutAsync(LayoutNames.RunImage, stack.RunImage, known.Run, [], cancel);
        if (known.Previous is not { } previous)
            return;
        // The one layer that a lifecycle reads: bills of materials of layers that it takes over.
        var sbom = ImageLabels.SbomDigest(previous.Label(ImageLabels.Lifecycle));
        var read = previous.Layers.Where(layer => layer.Blob.DiffId == sbom).Select(layer => layer.Blob);
        await layout.PutAsync(LayoutNames.Previous, job.PreviousImage!, previous, read, cancel);
    }

    /// <param name="exporting">How long the lifecycle has been at it, which belongs to the same phase.</param>
    private async Task<(ImageExporter.Export Export, CreatedApp App)> ImportAsync(
        Analysis known,
        TimeSpan exporting,
        CancellationToken cancel
    )
    {
        var start = time.GetTimestamp();
        using var push = await tools.Images.BeginPushAsync(cancel);
        var import = new LayoutImport(tools.Images, ImageRepositories.Of(job.App), tools.Options);
        try
        {
            var place = LayoutNames.PathOf(LayoutNames.Built);
            var export = await import.RunAsync(new UntrustedFolder(folder.Layout), place, known, builder.RunUser, cancel);
            var image = await StoredImage.FindAsync(tools.Images, export.Image, cancel);
            return (export, CreatedApp.Parse(image?.Label(CreatedApp.Label)));
        }
        catch (FormatException e)
        {
            throw new BuildFailedException(BuildPhase.Export, 62, $"the image that the builder made cannot be used: {e.Message}", e);
        }
        finally
        {
            await transcript.AddAsync(new PhaseTiming(BuildPhase.Export, exporting + time.GetElapsedTime(start)));
        }
    }
}
