using System.Collections.Immutable;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Core.Results;
using NeetoDeploy.Grains.Builds;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Builds;
using NeetoDeploy.Grains.Interfaces.Releases;

namespace NeetoDeploy.Grains.Apps;

/// <summary>The order of the app's builds.</summary>
public sealed partial class AppGrain
{
    /// <summary>How many builds that have ended are remembered, with their output.</summary>
    public const int BuildsKept = 100;

    public async Task<Result<BuildView>> StartBuildAsync(StartBuild command)
    {
        if (!IsAlive)
            return NotFound;
        var build = GrainFactory.Build(id, command.Id);
        if (await build.GetAsync() is { } known)
            return known;
        if (ReasonAgainst(command.Source.Url) is { } wrong)
            return wrong;
        var queued = new QueuedBuild(
            command with
            {
                Buildpacks = command.Buildpacks.IsDefaultOrEmpty ? state.Value.Buildpacks : command.Buildpacks,
            },
            state.Value.Name,
            ImageSource.Is(command.Source.Url) ? KnownStacks.Container : state.Value.Stack,
            User
        );
        await IntendAsync(() => state.CommitAsync(s => Enqueue(s, queued)));
        await IndexStatusAsync();
        appLog.Say($"Build started by user {queued.User.Email}");
        var view = await build.EnqueueAsync(queued);
        if (state.Value.Queue.Waiting == command.Id)
            await new BuildOutputRelay(GrainFactory, id, view.Output, Time, Log).SayAsync(
                "-----> Waiting for the build of this app that runs; a later one would take this one's place\n"
            );
        return view;
    }

    public async Task<Result<Done>> PurgeBuildCacheAsync()
    {
        if (!IsAlive)
            return NotFound;
        await belongings.PurgeBuildCacheAsync(id, CancellationToken.None);
        return new Done();
    }

    public Task<ImmutableArray<BuildId>> ListQueueAsync() =>
        Task.FromResult<ImmutableArray<BuildId>>([.. state.Value.Builds.Select(build => build.Command.Id)]);

    public async Task BuildEndedAsync(BuildId build)
    {
        await IntendAsync(() => state.CommitAsync(s => Forget(s, build)));
        await IndexStatusAsync();
    }

    public async Task ReleasedAsync(ReleaseView current)
    {
        if (!IsAlive || current.Slug is not { } slug)
            return;
        var running = new RunningRelease(current.UpdatedAt, slug.Stack, slug.SizeBytes, slug.BuildpackDescription);
        await ChangeAsync(s => s.Released == running ? s : s with { Released = running });
    }

    /// <summary>Why a source cannot be built, as far as that can be told before it is.</summary>
    private Error? ReasonAgainst(string source) =>
        ImageSource.Is(source) ? ImageSource.Parse(source).Error
        : GitSource.Is(source) ? GitSource.Parse(source).Error
        : RebaseSource.Is(source) ? RebaseSource.Parse(source).Error ?? (state.Value.Queue.Waiting is null ? null : OtherWaits)
        : Uri.TryCreate(source, UriKind.Absolute, out var url) && url.Scheme is ("file" or "http" or "https") ? null
        : new Error(ErrorCodes.SourceInvalid, "The source must be the http or https URL of a tar archive.");

    /// <summary>A rebase would take the place of source that nobody has seen running.</summary>
    private static Error OtherWaits { get; } =
        new(
            ErrorCodes.BuildWaiting,
            "Another build of this app waits for its turn, and what is built stands on the newest run image. Rebase when it has ended, should there still be a need."
        );

    private static AppState Enqueue(AppState s, QueuedBuild build)
    {
        if (s.Queue.Contains(build.Command.Id))
            return s;
        var queue = s.Queue.Add(build.Command.Id, out var overtaken);
        return s with
        {
            Queue = queue,
            Builds = s.Builds.Add(build),
            Overtaken = overtaken is { } pointless ? s.Overtaken.Add(pointless) : s.Overtaken,
        };
    }

    private static AppState Forget(AppState s, BuildId build) =>
        s.Queue.Contains(build) || s.Overtaken.Contains(build) || s.Builds.Any(b => b.Command.Id == build)
            ? s with
            {
                Queue = s.Queue.End(build),
                Builds = s.Builds.RemoveAll(b => b.Command.Id == build),
                Overtaken = s.Overtaken.Remove(build),
                EndedBuilds = s.EndedBuilds.Contains(build) ? s.EndedBuilds : s.EndedBuilds.Add(build),
            }
            : s;

    /// <summary>Forgets the oldest builds that have ended; answers whether as many as wanted could be.</summary>
    private async Task<bool> ForgetBuildsAsync(int kept)
    {
        while (state.Value.EndedBuilds is var ended && ended.Length > kept)
        {
            if (!await GrainFactory.Build(id, ended[0]).ForgetAsync())
                return false;
            await state.CommitAsync(s => s with { EndedBuilds = s.EndedBuilds.Remove(ended[0]) });
        }
        return true;
    }

    /// <summary>Tells each build where it stands. Telling it again is harmless.</summary>
    private async Task DriveBuildsAsync()
    {
        foreach (var build in state.Value.Builds)
            await GrainFactory.Build(id, build.Command.Id).EnqueueAsync(build);
        foreach (var pointless in state.Value.Overtaken)
        {
            await GrainFactory.Build(id, pointless).CancelAsync(ReasonAgainst(pointless));
            await state.CommitAsync(s => s with { Overtaken = s.Overtaken.Remove(pointless) });
        }
        if (state.Value.Queue.Running is { } running)
            await GrainFactory.Build(id, running).RunAsync();
        foreach (var copy in state.Value.Builds.Where(IsCopy))
            await GrainFactory.Build(id, copy.Command.Id).RunAsync();
    }

    private string ReasonAgainst(BuildId pointless) =>
        state.Value.Builds.Any(b => b.Command.Id == pointless && IsUpload(b)) ? TooManySlugs : "a later build took its place";
}
