using NeetoDeploy.Api.Apps;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Core.Logs;
using NeetoDeploy.Core.Releases;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Interfaces.Builds;
using NeetoDeploy.Grains.Interfaces.Releases;

namespace NeetoDeploy.Api.Git;

/// <summary>Decides about a push and deploys what is pushed to the main branch, telling of it in Heroku's words.</summary>
internal sealed class PushReceiver(IGrainFactory grains, ApiOptions options, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Whether git may take the push.</summary>
    public async Task<bool> ReceiveAsync(PushSession push, IReadOnlyList<RefUpdate> updates, PushOutput output)
    {
        if (updates.Any(update => update is { IsMain: true, IsDeletion: true }))
        {
            await output.LineAsync(" !     Push rejected: the main branch cannot be deleted.");
            return false;
        }
        foreach (var update in updates.Where(update => !update.IsMain))
            await output.LineAsync(
                update.IsTag ? $"Tag {update.Ref} is stored; tags are not built." : "Pushed to non-main branch, skipping build."
            );
        return updates.LastOrDefault(update => update.IsMain) is not { } main || await DeployAsync(push, main, output);
    }

    private async Task<bool> DeployAsync(PushSession push, RefUpdate main, PushOutput output)
    {
        await output.LineAsync("Building source:\n");
        var source = new SourceRef(new Uri(push.Archive).AbsoluteUri, main.New, null);
        var started = await grains.App(push.App.Id).StartBuildAsync(new StartBuild(new BuildId(Guid.CreateVersion7()), source, []));
        if (!started.IsOk)
        {
            await output.LineAsync($" !     Push rejected: {started.Error.Message}");
            return false;
        }
        CallContext.Act(Actor.Platform);
        var grain = grains.Build(push.App.Id, started.Value.Id);
        var trouble = new BuildTrouble(grain, time);
        if (await CopyAsync(started.Value.Output, output, trouble) is { } stuck)
            return await LeaveAsync(stuck, output);
        var build = await grain.GetAsync();
        for (; build is not null && !HasEnded(build); build = await grain.GetAsync())
        {
            if (await trouble.LookAsync() is { } lasting)
                return await LeaveAsync(lasting, output);
            // An output is complete a moment before what wrote it has stored its end.
            await Task.Delay(Pause, time);
        }
        if (build?.Status != BuildStatus.Succeeded)
        {
            await output.LineAsync($"\n !     Push rejected, {Reason(build)}.\n");
            return false;
        }
        await LaunchAsync(push, build, output);
        return true;
    }

    private async Task LaunchAsync(PushSession push, BuildView build, PushOutput output)
    {
        var release = await ReleaseAsync(push.App.Id, build);
        await output.LineAsync("-----> Launching...");
        if (release.Output is { } phase)
        {
            await output.LineAsync("-----> Running release command...");
            await CopyAsync(phase, output);
            release = await SettledAsync(push.App.Id, release);
        }
        if (release.Status == ReleaseStatus.Failed)
        {
            await output.LineAsync(
                $"\n !     Release {release.Version} failed: its release command did not succeed. The release before it goes on running.\n"
            );
            return;
        }
        await output.LineAsync($"       Released {release.Version}");
        await output.LineAsync($"       {AppMapping.WebUrl(push.App, options)} deployed\n");
        await output.LineAsync("Verifying deploy... done.");
    }

    private static bool HasEnded(BuildView build) =>
        build.Status is not (BuildStatus.Queued or BuildStatus.Running)
        && (build.Status != BuildStatus.Succeeded || build.Release is not null);

    private static async Task<bool> LeaveAsync(string trouble, PushOutput output)
    {
        await output.LineAsync($"\n !     Push rejected, the build does not get on: {trouble}");
        await output.LineAsync(" !     It goes on when that is put right; see 'neeto builds'.\n");
        return false;
    }

    /// <param name="build">Null: it is forgotten, together with its app.</param>
    private static string Reason(BuildView? build) =>
        build switch
        {
            null => "the app was destroyed",
            { Status: BuildStatus.Cancelled } => build.Failure?.Message ?? "the build was cancelled",
            _ => build.Failure?.Message.TrimEnd('.') ?? "the build failed",
        };

    /// <summary>Hands over an output while it grows, to its end: null, or why that will not come soon.</summary>
    private async Task<string?> CopyAsync(OutputId id, PushOutput output, BuildTrouble? trouble = null)
    {
        var grain = grains.Output(id);
        for (var offset = 0L; ; )
        {
            var chunk = await grain.ReadAsync(offset);
            offset += chunk.Bytes.Length;
            await output.WriteAsync(chunk.Bytes);
            if (chunk.IsEnd)
                return null;
            if (chunk.Bytes.Length == 0 && trouble is not null && await trouble.LookAsync() is { } stuck)
                return stuck;
        }
    }

    private async Task<ReleaseView> ReleaseAsync(AppId app, BuildView build) =>
        await grains.Releases(app).GetAsync(build.Release!.Value.ToString())
        ?? throw new InvalidOperationException($"Build {build.Id} names a release that does not exist.");

    private async Task<ReleaseView> SettledAsync(AppId app, ReleaseView release)
    {
        while (release.Status == ReleaseStatus.Pending)
        {
            await Task.Delay(Pause, time);
            // It is gone when the app was destroyed meanwhile.
            release = await grains.Releases(app).GetAsync(release.Id.ToString()) ?? release with { Status = ReleaseStatus.Failed };
        }
        return release;
    }
}
