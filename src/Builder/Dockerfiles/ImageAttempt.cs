using NeetoDeploy.Builder.Builds;
using NeetoDeploy.Builder.Images;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Drivers.Abstractions.Builds;

namespace NeetoDeploy.Builder.Dockerfiles;

/// <summary>One attempt at a build whose source is images that exist.</summary>
internal sealed class ImageAttempt(BuildJob job, StackImages stack, BuildTools tools, IImageImports imports, BuildTranscript transcript)
{
    public async Task<BuildOutcome> RunAsync(CancellationToken cancel)
    {
        var wanted = ImageSource.Parse(job.Source.Url).Match(images => images, error => throw Failed(error.Message));
        var images = await transcript.MeasureAsync(BuildPhase.Export, () => ImportAsync(wanted, cancel));
        var processes = images.ToDictionary(image => image.Key, image => image.Value.Process(image.Key, null));
        var main = images.GetValueOrDefault(HerokuYml.Web, images.Values.First());
        var layers = await ContainerLayers.ReadAsync(tools.Images, stack.RunImage, cancel);
        var named = images.Keys.Select(type => (type, (IEnumerable<string>)[type]));
        var report = layers.Compare(images, await ContainerArtifact.FindPreviousAsync(job, named, HerokuYml.Web, tools.Images, cancel));
        var artifact = ContainerArtifact.Of(main.Reference, processes, report);
        await transcript.MeasureAsync(BuildPhase.Pull, () => ContainerArtifact.PullAsync(images.Values, tools, transcript, cancel));
        await transcript.SummariseAsync(report, images.Count);
        return new BuildOutcome.Succeeded(artifact);
    }

    private async Task<Dictionary<string, ContainerImage>> ImportAsync(IReadOnlyDictionary<string, string> wanted, CancellationToken cancel)
    {
        var images = new Dictionary<string, ContainerImage>();
        using var push = await tools.Images.BeginPushAsync(cancel);
        foreach (var (type, reference) in wanted)
        {
            await transcript.LineAsync($"-----> Taking {reference} for {type}");
            var outcome = await imports.ImportAsync(job.App, reference, transcript.WriteAsync, cancel);
            var image = outcome.Match(taken => taken.Image, failed => throw Failed(failed.Message));
            images[type] = await ContainerImage.ReadAsync(tools.Images, image, cancel);
        }
        return images;
    }

    private static BuildFailedException Failed(string message) => new(BuildPhase.Prepare, 0, message);
}
