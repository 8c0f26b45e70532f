using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Core.Images;
using NeetoDeploy.Drivers.Abstractions;
using NeetoDeploy.Drivers.Abstractions.Builds;

namespace NeetoDeploy.Drivers.Fake.Builds;

/// <summary>
/// A builder without machines. Unless told otherwise a build says two lines, reports every phase and succeeds with
/// <see cref="ProcessTypes"/> and an image whose digest follows from app and source.
/// </summary>
public sealed class FakeBuildDriver(TimeProvider time) : IBuildDriver
{
    private readonly ConcurrentDictionary<(BuildId, int), BuildJob> running = [];
    private readonly ConcurrentDictionary<ImageRef, ImageRef> standing = [];

    /// <summary>Makes calls fail, hang or take long.</summary>
    public FakeFaults Faults { get; } = new(time);

    /// <summary>What the next builds do; null for the ordinary success.</summary>
    public FakeBuildProgram? Program { get; set; }

    /// <summary>Process types that ordinary builds find.</summary>
    public ImmutableSortedDictionary<string, string> ProcessTypes { get; set; } =
        ImmutableSortedDictionary<string, string>.Empty.Add("web", "node server.js");

    /// <summary>What ordinary builds show of their image.</summary>
    public static BuildReport Report { get; } =
        new(
            [new BuiltLayer("neeto/fake:runtime", 900, 0, 900), new BuiltLayer("app", 100, 100, 60)],
            [new CacheMiss("neeto/fake:runtime", CacheMissReason.NotesChanged, "key: 1 → 2")],
            960,
            ["neeto_fake/runtime/sbom.cdx.json"]
        );

    /// <summary>What images are made on, and put on by a rebase.</summary>
    public ImageRef RunImage { get; set; } = RunImageOf(1);

    public bool IsReady { get; set; } = true;

    /// <summary>Why nobody should wait for the stack; null when it is worth it.</summary>
    public DriverException? NotReady { get; set; }

    /// <summary>Every job that was started, in order.</summary>
    public ConcurrentQueue<BuildJob> Jobs { get; } = [];

    /// <summary>Jobs that run now.</summary>
    public IReadOnlyCollection<BuildJob> Running => [.. running.Values];

    /// <summary>Builds that were cleaned up after.</summary>
    public ConcurrentQueue<BuildId> CleanedUp { get; } = [];

    /// <summary>Apps whose cache was forgotten.</summary>
    public ConcurrentQueue<AppId> Purged { get; } = [];

    /// <summary>One for each time that caches were trimmed.</summary>
    public SemaphoreSlim Trims { get; } = new(0);

    public async Task<BuildOutcome> RunAsync(BuildJob job, IBuildOutput output, CancellationToken cancel)
    {
        Jobs.Enqueue(job);
        running[(job.Id, job.Attempt)] = job;
        try
        {
            var leave = await Faults.EnterAsync(nameof(RunAsync), cancel);
            var outcome = await (Program ?? SucceedAsync)(job, output, cancel);
            leave();
            return outcome;
        }
        finally
        {
            running.TryRemove((job.Id, job.Attempt), out _);
        }
    }

    public async Task CleanUpAsync(BuildId build, CancellationToken cancel)
    {
        var leave = await Faults.EnterAsync(nameof(CleanUpAsync), cancel);
        CleanedUp.Enqueue(build);
        leave();
    }

    public async Task PurgeCacheAsync(AppId app, CancellationToken cancel)
    {
        var leave = await Faults.EnterAsync(nameof(PurgeCacheAsync), cancel);
        Purged.Enqueue(app);
        leave();
    }

    public async Task TrimCachesAsync(CancellationToken cancel)
    {
        var leave = await Faults.EnterAsync(nameof(TrimCachesAsync), cancel);
        Trims.Release();
        leave();
    }

    public async Task<bool> IsReadyAsync(string stack, CancellationToken cancel)
    {
        var leave = await Faults.EnterAsync(nameof(IsReadyAsync), cancel);
        leave();
        return NotReady is null ? IsReady : throw NotReady;
    }

    /// <summary>The image that an ordinary build of this source makes.</summary>
    public static ImageRef ImageOf(AppId app, SourceRef source) => new("127.0.0.1:5001", $"apps/{app}", DigestOf($"{app} {source}"));

    private static ImageDigest DigestOf(string text) => ImageDigest.FromHash(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static ImageRef ImageOf(BuildJob job) =>
        job.Slug?.CopyOf is { } original ? original with { Repository = ImageRepositories.Of(job.App) } : ImageOf(job.App, job.Source);

    private ImmutableSortedDictionary<string, string> TypesOf(BuildJob job) =>
        job.Slug is { ProcessTypes: { IsEmpty: false } given } ? given : ProcessTypes;

    /// <summary>A version of the stack's run image.</summary>
    public static ImageRef RunImageOf(int version) => new("127.0.0.1:5001", "stacks/neeto-12", DigestOf($"run image {version}"));

    /// <summary>The newest release's image on the run image of now, or itself where that is what it stands on.</summary>
    private BuildOutcome Rebase(BuildJob job)
    {
        if (job.PreviousImage is not { } before)
            return new BuildOutcome.Failed(new BuildFailure(BuildPhase.Export, 72, "nothing has been deployed yet"));
        var image = standing.GetValueOrDefault(before) == RunImage ? before : before with { Digest = DigestOf($"{before} on {RunImage}") };
        return new BuildOutcome.Succeeded(
            new BuildArtifact(image, ProcessTypes, 1000, 0, ["neeto/fake 1.0.0"], Rebased: new RebasedImage(before, RunImage))
        );
    }

    /// <summary>Every image that was given is the same one, and runs its own CMD.</summary>
    private static BuildArtifact Taken(BuildJob job)
    {
        var image = ImageOf(job);
        var images = ImageSource
            .Parse(job.Source.Url)
            .Value.Keys.ToImmutableSortedDictionary(type => type, _ => new ProcessImage(image, []));
        return new(image, images.ToImmutableSortedDictionary(i => i.Key, _ => "its CMD"), 1000, 100, [], images);
    }

    /// <summary>The ordinary build.</summary>
    public async Task<BuildOutcome> SucceedAsync(BuildJob job, IBuildOutput output, CancellationToken cancel)
    {
        await output.WriteAsync("-----> Building on the fake stack\n"u8.ToArray());
        foreach (var phase in Enum.GetValues<BuildPhase>())
        {
            cancel.ThrowIfCancellationRequested();
            await output.PhaseAsync(new PhaseTiming(phase, TimeSpan.FromMilliseconds(10)));
        }
        await output.WriteAsync("-----> Done\n"u8.ToArray());
        var outcome =
            RebaseSource.Is(job.Source.Url) ? Rebase(job)
            : ImageSource.Is(job.Source.Url) ? new BuildOutcome.Succeeded(Taken(job))
            : new BuildOutcome.Succeeded(new BuildArtifact(ImageOf(job), TypesOf(job), 1000, 100, ["neeto/fake 1.0.0"], Report: Report));
        if (outcome is BuildOutcome.Succeeded { Artifact.Image: var made })
            standing[made] = RunImage;
        return outcome;
    }
}
