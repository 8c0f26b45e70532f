using NeetoDeploy.Builder.Buildpacks;
using NeetoDeploy.Builder.Creators;
using NeetoDeploy.Builder.Images;
using NeetoDeploy.Builder.Posix;
using NeetoDeploy.Builder.Sources;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Drivers.Abstractions.Builds;
using NeetoDeploy.Drivers.Abstractions.Dynos;
using NeetoDeploy.Drivers.Abstractions.Images;

namespace NeetoDeploy.Builder.Builds;

/// <summary>What every attempt works with.</summary>
internal sealed record BuildTools(
    BuilderOptions Options,
    IImageStore Images,
    IDynoDriver Dynos,
    SourceTree Sources,
    ImageExporter Exporter,
    BuildpackFetcher Buildpacks,
    LifecycleRun Lifecycle,
    CreatorRun Creator,
    SandboxGuard Guard
);

/// <summary>One attempt at a build, phase by phase, in an app's folder that nobody else uses meanwhile.</summary>
internal sealed class BuildAttempt(BuildJob job, AppFolder folder, StackImages stack, BuildTools tools, BuildTranscript transcript)
{
    private readonly UntrustedFolder layers = new(folder.Layers);
    private readonly BundledBuildpacks bundled = new(stack.LifecycleDirectory);

    public async Task<BuildOutcome> RunAsync(CancellationToken cancel)
    {
        var source = await transcript.MeasureAsync(BuildPhase.Prepare, () => PrepareAsync(cancel));
        var analysis = await transcript.MeasureAsync(BuildPhase.Analyze, () => AnalyzeAsync(cancel));
        var wasKept = layers.Directories().Any(name => name is not ("config" or "sbom"));
        LifecycleRun.Forget(layers);
        var choice = await ChooseAsync(source.Project, cancel);
        var exitCode = await RunLifecycleAsync(choice, cancel);
        if (exitCode != 0)
            return new BuildOutcome.Failed(
                LifecycleFailure.From(exitCode, LifecycleRun.FailedBuildpack(layers), LastBuildpack(), LifecycleRun.AskedBuildpacks(layers))
            );
        var built = ReadBuilt();
        await transcript.LineAsync("-----> Exporting the image");
        var export = await transcript.MeasureAsync(
            BuildPhase.Export,
            () => ExportAsync(built, source.Index, analysis.WithLayersOf(job.Stack), cancel)
        );
        layers.WriteText("report.toml", AnalysisToml.Report(export));
        await transcript.MeasureAsync(BuildPhase.Pull, () => new EnginePull(tools.Dynos, transcript).TryAsync(export.Image, cancel));
        var misses = CacheComparison.Of(analysis.Previous, job.Stack, export.Metadata, wasKept);
        var report = ImageReport.Of(export, analysis.Previous, misses);
        await transcript.SummariseAsync(report);
        return new BuildOutcome.Succeeded(
            new BuildArtifact(
                export.Image,
                built.DeclaredTypes(),
                export.Size,
                export.Uploaded,
                [.. built.Buildpacks.Select(b => b.ToString())],
                Report: report
            )
        );
    }

    /// <summary>Answers the lifecycle's exit code; whatever comes of it, its phases are told.</summary>
    private async Task<int> RunLifecycleAsync(BuildpackChoice choice, CancellationToken cancel)
    {
        var elapsed = transcript.StartClock();
        int? exitCode = null;
        try
        {
            exitCode = await tools.Guard.RunAsync(
                folder,
                transcript.Excess,
                guarded => tools.Lifecycle.RunAsync(job, folder, stack, choice, transcript, guarded),
                cancel
            );
            return exitCode.Value;
        }
        finally
        {
            var wasKilled = exitCode is null || LifecycleFailure.IsKilled(exitCode.Value);
            foreach (var phase in LifecycleRun.Phases(layers, wasKilled ? elapsed() : null))
                await transcript.AddAsync(phase);
        }
    }

    private async Task<PreparedSource> PrepareAsync(CancellationToken cancel)
    {
        var place = new SourceTree.Place(folder.App, folder.AppScratch, folder.SourceIndex, folder.Buildpacks, stack.UserId);
        var source = await tools.Sources.ReplaceAsync(job.Source, place, cancel);
        PlatformFolder.Write(folder.Platform, job, tools.Options.BuildEnvironment, source.Project.Environment, stack.UserId);
        return source;
    }

    private async Task<Analysis> AnalyzeAsync(CancellationToken cancel)
    {
        var analysis = await Analysis.FindAsync(tools.Images, stack, job.PreviousImage, cancel);
        var reused = analysis.WithLayersOf(job.Stack).Previous;
        layers.WriteText("analyzed.toml", AnalysisToml.Analyzed(stack.RunImage, analysis.Run, reused is null ? null : job.PreviousImage));
        layers.WriteText("previous-metadata.json", reused?.Label(ImageLabels.Lifecycle) ?? "{}");
        if (reused is not null)
            await new PreviousSbom(tools.Images).RestoreAsync(job.PreviousImage!, reused, layers, stack.UserId, cancel);
        return analysis;
    }

    private async Task<BuildpackChoice> ChooseAsync(ProjectDescriptor project, CancellationToken cancel)
    {
        if (project.Builder.Length > 0)
            await transcript.LineAsync(
                $"       {ProjectDescriptor.FileName} names the builder {SourcePath.Show(project.Builder)}; this build uses the stack {job.Stack}"
            );
        var app = new UntrustedFolder(folder.App);
        var resolver = new BuildpackResolver(bundled, tools.Buildpacks, app, tools.Options.Sources.FetchTime, transcript);
        return await new BuildpackChoice(resolver, bundled).WriteAsync(AppChoice.Of(job, app), project, layers, cancel);
    }

    private BuiltApp ReadBuilt()
    {
        try
        {
            return BuiltApp.Parse(layers.ReadText("config/metadata.toml") ?? throw new FormatException("it is missing"));
        }
        catch (Exception e) when (e is FormatException or InvalidDataException)
        {
            throw new BuildFailedException(
                BuildPhase.Export,
                62,
                $"what the buildpacks left cannot be read: config/metadata.toml: {e.Message}",
                e
            );
        }
    }

    private async Task<ImageExporter.Export> ExportAsync(BuiltApp built, SourceIndex source, Analysis analysis, CancellationToken cancel)
    {
        try
        {
            return await tools.Exporter.ExportAsync(job, folder, stack, built, source, analysis, cancel);
        }
        catch (Exception e) when (e is FormatException or InvalidDataException)
        {
            throw new BuildFailedException(BuildPhase.Export, 62, $"what the buildpacks left cannot be exported: {e.Message}", e);
        }
    }

    /// <summary>The one that a failed build was about: of those in the group, the first that is no mere helper.</summary>
    private string? LastBuildpack()
    {
        try
        {
            var group = TomlText
                .Tables(TomlText.Parse(layers.ReadText("group.toml")), "group")
                .Select(b => TomlText.String(b, "id"))
                .ToList();
            return group.Count == 0 ? null : bundled.DisplayName(group[0]);
        }
        catch (Exception e) when (e is FormatException or InvalidDataException)
        {
            return null;
        }
    }
}
