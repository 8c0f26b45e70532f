using NeetoDeploy.Api.Contracts.Builds;
using NeetoDeploy.Api.Contracts.Json;

namespace NeetoDeploy.Cli.Commands.Builds;

/// <summary>Shows a build's output while it grows, and finds how the build has ended.</summary>
internal sealed class BuildFollower(Invocation call)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>The build when it has ended: an output is complete a moment before what wrote it has stored its end.</summary>
    public async Task<BuildResource> FollowAsync(AppPath app, BuildResource build, CancellationToken cancel)
    {
        await new OutputFollower(call).FollowAsync(build.OutputStreamUrl, cancel);
        build = await call.Api.GetAsync(app.To($"/builds/{build.Id}"), ApiJson.Default.BuildResource, cancel);
        while (build.Status == "pending" || build is { Status: "succeeded", Release: null })
        {
            await Task.Delay(Pause, call.Around.Time, cancel);
            build = await call.Api.GetAsync(app.To($"/builds/{build.Id}"), ApiJson.Default.BuildResource, cancel);
        }
        return build;
    }
}
