using System.Collections.Concurrent;
using System.Security.Cryptography;
using NeetoDeploy.Builder.Builds;
using NeetoDeploy.Builder.Layers;
using NeetoDeploy.Builder.Posix;
using NeetoDeploy.Builder.Sources;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Core.Images;
using NeetoDeploy.Drivers.Abstractions;
using NeetoDeploy.Drivers.Abstractions.Builds;
using NeetoDeploy.Drivers.Abstractions.Images;

namespace NeetoDeploy.Builder.Images;

/// <summary>Makes the image of what the buildpacks left and stores it. Nothing refers to it until the manifest is stored, in the last call.</summary>
internal sealed class ImageExporter(IImageStore store, SharedLayers shared)
{
    /// <summary>Tar, hash and compression keep a core busy each; the uploads between them leave room.</summary>
    private static readonly int Parallelism = Math.Clamp(Environment.ProcessorCount, 1, 4);

    /// <summary>What an export made.</summary>
    /// <param name="Metadata">The image's label <see cref="ImageLabels.Lifecycle"/>.</param>
    /// <param name="Sbom">The layer of bills of materials; null for none.</param>
    internal sealed record Export(PushedImage Pushed, IReadOnlyList<LayerUpload.Outcome> Layers, string Metadata, ImageLayer? Sbom)
    {
        public ImageRef Image => Pushed.Image;

        public long Size => Layers.Sum(l => l.Blob.Size);

        public long Uploaded => Layers.Sum(l => l.UploadedBytes);
    }

    public async Task<Export> ExportAsync(
        BuildJob job,
        AppFolder folder,
        StackImages stack,
        BuiltApp built,
        SourceIndex source,
        Analysis analysis,
        CancellationToken cancel
    )
    {
        var run = analysis.Run;
        var repository = ImageRepositories.Of(job.App);
        using var push = await store.BeginPushAsync(cancel);
        var transfer = new BlobTransfer(store, repository);
        var upload = new LayerUpload(store, repository, folder.Spool, shared);
        var untrusted = new UntrustedFolder(folder.Layers);
        var launch = LaunchLayer.Find(untrusted, built, stack.UserId).ToList();
        var sbom = SbomLayer.Find(untrusted, stack.UserId);
        var layers = Plan(folder, stack, built, source, launch, sbom);

        await Parallel.ForEachAsync(
            run.Layers,
            Options(cancel),
            async (l, c) => await transfer.BorrowAsync(l.Blob, stack.RunImage.Repository, c)
        );
        var outcomes = await PushAsync(layers, launch, upload, folder, analysis.Previous, cancel);

        var blobs = outcomes.ToDictionary(o => o.Name, o => o.Blob);
        var labels = ImageLabels.Of(job, built, new RunImageNote(run, stack.RunImage), launch, blobs, StoredNotes.Find(untrusted, built));
        var config = ImageDocuments.Config(run, [.. outcomes.Select(o => (o.Name, o.Blob))], built, stack.UserId, labels, job.Environment);
        var pushed = await transfer.PutImageAsync(
            config,
            run.Layers.Concat(outcomes.Select(o => new StoredLayer(ImageDocuments.LayerType, o.Blob))),
            cancel
        );
        return new(pushed, outcomes, labels[ImageLabels.Lifecycle], sbom);
    }

    /// <summary>From what changes never to what changes with every build, since an engine unpacks anew whatever lies above a change.</summary>
    private static List<(string Name, ImageLayer? Layer)> Plan(
        AppFolder folder,
        StackImages stack,
        BuiltApp built,
        SourceIndex source,
        List<LaunchLayer> launch,
        ImageLayer? sbom
    ) =>
        [
            ("launcher", FixedLayers.Launcher(Path.Combine(stack.LifecycleDirectory, "lifecycle", "launcher"))),
            .. launch.Select(l => (l.FullName, l.Layer)),
            .. sbom is null ? [] : new (string, ImageLayer?)[] { (SbomLayer.Name, sbom) },
            ("config", FixedLayers.Config(built, stack.UserId)),
            .. AppLayers.Cut(folder.App, built.Slices, source, stack.UserId).Select(l => (l.Name, (ImageLayer?)l)),
        ];

    private async Task<IReadOnlyList<LayerUpload.Outcome>> PushAsync(
        List<(string Name, ImageLayer? Layer)> layers,
        List<LaunchLayer> launch,
        LayerUpload upload,
        AppFolder folder,
        StoredImage? previous,
        CancellationToken cancel
    )
    {
        var index = LayerIndex.Load(folder.LayerIndex);
        var outcomes = new ConcurrentDictionary<string, LayerUpload.Outcome>();
        await Parallel.ForEachAsync(
            layers,
            Options(cancel),
            async (planned, c) =>
                outcomes[planned.Name] = planned.Layer is { } layer
                    ? await upload.PushAsync(layer, index, c)
                    : Reuse(launch.Find(l => l.FullName == planned.Name)!, previous)
        );
        LayerIndex.Save(folder.LayerIndex, outcomes.ToDictionary(o => o.Key, o => new LayerIndex.Entry(o.Value.Fingerprint, o.Value.Blob)));
        return [.. layers.Select(l => outcomes[l.Name])];
    }

    /// <summary>A buildpack that describes a layer without making it wants the one of the previous image.</summary>
    private static LayerUpload.Outcome Reuse(LaunchLayer layer, StoredImage? previous)
    {
        var wanted = ImageLabels.LayerDigest(previous?.Label(ImageLabels.Lifecycle), layer.Buildpack.Id, layer.Name);
        var found =
            previous?.Layers.FirstOrDefault(l => l.Blob.DiffId == wanted)?.Blob
            ?? throw new BuildFailedException(
                BuildPhase.Export,
                62,
                $"the layer {layer.FullName} is in neither this build nor the previous image: purge the build cache (builds:cache:purge) and build again"
            );
        return new(layer.FullName, "", found, 0);
    }

    private static ParallelOptions Options(CancellationToken cancel) =>
        new() { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancel };
}
