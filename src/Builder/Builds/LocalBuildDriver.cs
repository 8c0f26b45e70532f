using NeetoDeploy.Builder.Buildpacks;
using NeetoDeploy.Builder.Creators;
using NeetoDeploy.Builder.Dockerfiles;
using NeetoDeploy.Builder.Images;
using NeetoDeploy.Builder.Posix;
using NeetoDeploy.Builder.Sources;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Drivers.Abstractions;
using NeetoDeploy.Drivers.Abstractions.Builds;
using NeetoDeploy.Drivers.Abstractions.Dynos;
using NeetoDeploy.Drivers.Abstractions.Images;

namespace NeetoDeploy.Builder.Builds;

/// <summary>Builds on this machine: untrusted buildpacks in a sandbox, everything else here.</summary>
public sealed partial class LocalBuildDriver : IBuildDriver, IAsyncDisposable
{
    private const int NoSpace = 28;

    private readonly BuilderOptions options;
    private readonly IStacks stacks;
    private readonly IBuildSandboxes sandboxes;
    private readonly IDockerfileBuilds dockerfiles;
    private readonly IImageImports imports;
    private readonly TimeProvider time;
    private readonly PublicHttp http;
    private readonly GitSources git;
    private readonly SharedDownloads downloads;
    private readonly DebianLists lists;
    private readonly BuildTools tools;
    private readonly AppLocks locks = new();
    private readonly KeptCaches caches;
    private readonly RunningAttempts running = new();

    public LocalBuildDriver(
        BuilderOptions options,
        IStacks stacks,
        IBuildSandboxes sandboxes,
        IDockerfileBuilds dockerfiles,
        IImageImports imports,
        IImageStore images,
        IDynoDriver dynos,
        TimeProvider time
    )
    {
        this.options = options;
        this.stacks = stacks;
        this.sandboxes = sandboxes;
        this.dockerfiles = dockerfiles;
        this.imports = imports;
        this.time = time;
        caches = new KeptCaches(options, locks, time);
        http = new PublicHttp(options);
        git = new GitSources(http, options.Sources);
        downloads = new SharedDownloads(options);
        lists = new DebianLists(sandboxes, options, time);
        tools = new BuildTools(
            options,
            images,
            dynos,
            new SourceTree(new SourceFetcher(options, http), git, options.Sources),
            new ImageExporter(images, new SharedLayers(Path.Combine(options.BuildsDirectory, "shared-layers.json"))),
            new BuildpackFetcher(http, options, new BuildpackShelf(options, time)),
            new LifecycleRun(sandboxes, options, downloads, lists),
            new CreatorRun(sandboxes, options),
            new SandboxGuard(options, time)
        );
    }

    public async ValueTask DisposeAsync()
    {
        await lists.DisposeAsync();
        http.Dispose();
    }

    public Task<bool> IsReadyAsync(string stack, CancellationToken cancel)
    {
        if (stacks.Find(stack) is not null)
            return Task.FromResult(true);
        return stacks.WhyNot(stack) is { } reason ? Task.FromException<bool>(reason) : Task.FromResult(false);
    }

    public async Task<BuildOutcome> RunAsync(BuildJob job, IBuildOutput output, CancellationToken cancel)
    {
        using var attempt = running.Enter(job.Id, cancel);
        var transcript = new BuildTranscript(output, options.LargestOutputBytes, options.EndlessOutputBytes, time);
        if (job.Slug is { CopyOf: { } original } copied)
            return await new ImageCopy(job, tools, transcript).RunAsync(copied, original, attempt.Cancel);
        using var turn = await locks.EnterAsync(job.App, attempt.Cancel);
        var stack = FindStack(job.Stack);
        var folder = FolderOf(job.App);
        try
        {
            await RemoveDeadAttemptAsync(folder, attempt.Cancel);
            // Builds from images and Dockerfiles keep nothing here, and a rebase neither.
            if (job.Stack != KnownStacks.Container && !RebaseSource.Is(job.Source.Url))
                folder.SettleOn(job.Stack);
            folder.Make(stack.UserId);
            downloads.Make();
            await File.WriteAllTextAsync(folder.Attempt, LifecycleRun.NameOf(job), attempt.Cancel);
            if (Free(folder) < options.LeastFreeBytes)
                await caches.TrimAsync(attempt.Cancel);
            var outcome = Refusal(folder) ?? await RunInTimeAsync(AttemptOn(job, folder, stack, transcript), job.Timeout, attempt.Cancel);
            if (Free(folder) >= options.LeastFreeBytes)
                downloads.Take(new UntrustedFolder(folder.Cache));
            return outcome is BuildOutcome.Failed failed ? MakeRoom(failed, folder) : outcome;
        }
        catch (IOException e) when (e.HResult == NoSpace)
        {
            folder.GiveBack();
            throw new DriverException(DriverErrorKind.Invalid, "builder.disk_full", DiskFull, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DriverException(DriverErrorKind.Bug, "builder.broken", $"The builder could not use its files: {e.Message}", e);
        }
        finally
        {
            EndAttempt(folder);
        }
    }

    private StackImages FindStack(string name) =>
        stacks.Find(name) ?? throw new DriverException(DriverErrorKind.Unavailable, "stack.not_ready", $"The stack {name} is not ready.");

    private Func<CancellationToken, Task<BuildOutcome>> AttemptAt(
        BuildJob job,
        AppFolder folder,
        StackImages stack,
        BuildTranscript transcript
    ) =>
        job.Slug is { } slug ? cancel => new SlugAttempt(job, folder.Slug, stack, tools, transcript).RunAsync(slug, cancel)
        : RebaseSource.Is(job.Source.Url) ? new RebaseAttempt(job, stack, tools, transcript).RunAsync
        : ImageSource.Is(job.Source.Url) ? new ImageAttempt(job, stack, tools, imports, transcript).RunAsync
        : job.Stack == KnownStacks.Container ? new DockerfileAttempt(job, folder, stack, tools, dockerfiles, transcript).RunAsync
        : stack.Builder is { } builder ? new CreatorAttempt(job, folder, stack, builder, tools, transcript, time).RunAsync
        : new BuildAttempt(job, folder, stack, tools, transcript).RunAsync;

    private async Task<BuildOutcome> RunInTimeAsync(
        Func<CancellationToken, Task<BuildOutcome>> attempt,
        TimeSpan timeout,
        CancellationToken cancel
    )
    {
        using var limit = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        try
        {
            return await attempt(either.Token);
        }
        catch (SourceException e)
        {
            return new BuildOutcome.Failed(new BuildFailure(BuildPhase.Prepare, 0, e.Message));
        }
        catch (BuildFailedException e)
        {
            return new BuildOutcome.Failed(e.Failure);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            return new BuildOutcome.Failed(
                new BuildFailure(
                    BuildPhase.Build,
                    0,
                    $"the build took longer than {timeout.TotalMinutes:0.#} minutes: see in its output what took so long"
                )
            );
        }
    }
}
