using System.Collections.Immutable;
using NeetoDeploy.Builder.Builds;
using NeetoDeploy.Builder.Images;
using NeetoDeploy.Builder.Posix;
using NeetoDeploy.Builder.Sources;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Drivers.Abstractions.Builds;

namespace NeetoDeploy.Builder.Dockerfiles;

/// <summary>One attempt at a build of an app whose stack is <c>container</c>: each image that its <c>heroku.yml</c> names, or one from its Dockerfile.</summary>
internal sealed class DockerfileAttempt(
    BuildJob job,
    AppFolder folder,
    StackImages stack,
    BuildTools tools,
    IDockerfileBuilds dockerfiles,
    BuildTranscript transcript
)
{
    private const string Dockerfile = "Dockerfile";

    private readonly UntrustedFolder source = new(folder.App);

    public async Task<BuildOutcome> RunAsync(CancellationToken cancel)
    {
        var place = new SourceTree.Place(folder.App, folder.AppScratch, folder.SourceIndex, folder.Buildpacks, stack.UserId);
        await transcript.MeasureAsync(BuildPhase.Prepare, () => tools.Sources.ReplaceAsync(job.Source, place, cancel));
        var wanted = await transcript.MeasureAsync(BuildPhase.Detect, ReadAsync);
        var images = await transcript.MeasureAsync(BuildPhase.Build, () => BuildAllAsync(wanted, cancel));
        var processes = wanted.Processes().ToDictionary(p => p.Type, p => images[p.Of].Process(p.Type, p.Command));
        var layers = await ContainerLayers.ReadAsync(tools.Images, stack.RunImage, cancel);
        var types = wanted.Processes().ToLookup(process => process.Of, process => process.Type);
        var named = wanted.Images.Select(image => (image.Name, types[image.Name]));
        var before = await ContainerArtifact.FindPreviousAsync(job, named, wanted.MainImage, tools.Images, cancel);
        var report = layers.Compare(images, before);
        var artifact = ContainerArtifact.Of(images[wanted.MainImage].Reference, processes, report);
        await transcript.MeasureAsync(BuildPhase.Pull, () => ContainerArtifact.PullAsync(images.Values, tools, transcript, cancel));
        await transcript.SummariseAsync(report, images.Count);
        return new BuildOutcome.Succeeded(
            artifact with
            {
                Setup = wanted.Setup.Count == 0 ? null : wanted.Setup.ToImmutableSortedDictionary(),
            }
        );
    }

    private async Task<HerokuYml> ReadAsync()
    {
        if (source.ReadText(HerokuYml.FileName) is not { } text)
        {
            if (source.Find(Dockerfile, FileKind.Regular) is null)
                throw Failed("the app's stack is container, and its source has neither a heroku.yml nor a Dockerfile");
            await transcript.LineAsync("-----> Dockerfile found");
            return HerokuYml.OfDockerfile(Dockerfile);
        }
        try
        {
            var yml = HerokuYmlParser.Parse(text);
            await transcript.LineAsync($"-----> heroku.yml builds {string.Join(", ", yml.Images.Select(image => image.Name))}");
            foreach (var plan in yml.Addons)
                await transcript.LineAsync(
                    $" !     heroku.yml asks for the add-on {SourcePath.Show(plan)}; add-ons are not made from it here"
                );
            return yml;
        }
        catch (FormatException e)
        {
            throw Failed($"heroku.yml cannot be used: {e.Message}");
        }
    }

    private async Task<Dictionary<string, ContainerImage>> BuildAllAsync(HerokuYml wanted, CancellationToken cancel)
    {
        var arguments = wanted.Arguments.ToDictionary(a => a.Key, a => a.Value ?? job.Environment.GetValueOrDefault(a.Key, ""));
        var images = new Dictionary<string, ContainerImage>();
        foreach (var image in wanted.Images)
            images[image.Name] = await BuildAsync(image, arguments, cancel);
        return images;
    }

    private async Task<ContainerImage> BuildAsync(HerokuYml.Image image, Dictionary<string, string> arguments, CancellationToken cancel)
    {
        var context = BuildContext.Find(source, image.Dockerfile);
        var spec = new DockerfileSpec(
            job.Stack,
            job.App,
            image.Name,
            context.Dockerfile,
            image.Target,
            arguments,
            tools.Options.SandboxMemoryBytes,
            tools.Options.SandboxCpuMillis,
            tools.Options.SandboxPidsLimit
        );
        await transcript.LineAsync($"-----> Building {image.Name} from {SourcePath.Show(image.Dockerfile)}");
        // The engine pushes: until the image is read no blob of it may be collected.
        using var push = await tools.Images.BeginPushAsync(cancel);
        await using var tar = await ContextAsync(context, cancel);
        var outcome = await dockerfiles.BuildAsync(spec, tar, transcript.WriteAsync, cancel);
        var reference = outcome.Match(
            built => built.Image,
            failed => throw new BuildFailedException(BuildPhase.Build, 0, $"the image {image.Name} could not be built: {failed.Message}")
        );
        return await ContainerImage.ReadAsync(tools.Images, reference, cancel);
    }

    /// <summary>In a file that is gone with the stream, since the engine reads it at its own pace.</summary>
    private async Task<FileStream> ContextAsync(BuildContext context, CancellationToken cancel)
    {
        var file = new FileStream(
            Path.Combine(folder.Spool, Path.GetRandomFileName()),
            FileMode.CreateNew,
            FileAccess.ReadWrite,
            FileShare.None,
            64 * 1024,
            FileOptions.DeleteOnClose
        );
        try
        {
            await Task.Run(() => context.Write(file, cancel), cancel);
            file.Position = 0;
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    private static BuildFailedException Failed(string message) => new(BuildPhase.Detect, 0, message);
}
