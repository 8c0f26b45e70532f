using NeetoDeploy.Api.Contracts.Builds;
using NeetoDeploy.Api.Contracts.Json;
using NeetoDeploy.Cli.Commands.Builds;
using NeetoDeploy.Cli.Commands.Releases;

namespace NeetoDeploy.Cli.Commands.Apps;

/// <summary>From a source to a release that runs, with everything shown on the way.</summary>
internal sealed class Launch(Invocation call, AppPath app)
{
    /// <summary>Answers the exit code.</summary>
    /// <exception cref="CliException">The build failed, or the release did.</exception>
    public async Task<int> RunAsync(CreateBuildRequest.Blob source, CancellationToken cancel)
    {
        var build = await call.Api.SendAsync(
            HttpMethod.Post,
            app.To("/builds"),
            new CreateBuildRequest(source),
            ApiJson.Default.CreateBuildRequest,
            ApiJson.Default.BuildResource,
            cancel
        );
        build = await new BuildFollower(call).FollowAsync(app, build, cancel);
        if (build.Status == "succeeded")
            return await ReleaseAsync(build, cancel);
        call.Show(build, ApiJson.Default.BuildResource, () => { });
        throw new CliException(
            ExitCode.Failed,
            $"The build of {app.Name} failed; what ran before goes on running.",
            $"Its output again: neeto builds:output -a {app.Name} {build.Id}"
        );
    }

    private async Task<int> ReleaseAsync(BuildResource build, CancellationToken cancel)
    {
        var release = await new ReleaseFollower(call).FollowAsync(app, build.Release!.Id, cancel);
        if (release.Status == "failed")
        {
            call.Show(build, ApiJson.Default.BuildResource, () => { });
            throw new CliException(
                ExitCode.Failed,
                $"Release v{release.Version} of {app.Name} failed in its release phase; the release before it goes on running."
            );
        }
        // A build that made no slug found that there was nothing to do, and names the release that is there.
        if (build.Slug is null)
            return call.Show(
                build,
                ApiJson.Default.BuildResource,
                () => call.Screen.Line($"Nothing to release: v{release.Version} goes on running.")
            );
        var deployed = await call.Api.GetAsync(app.ToString(), ApiJson.Default.AppResource, cancel);
        return call.Show(build, ApiJson.Default.BuildResource, () => call.Screen.Line($"Released v{release.Version}: {deployed.WebUrl}"));
    }
}
