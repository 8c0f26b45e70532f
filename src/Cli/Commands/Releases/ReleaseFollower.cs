using NeetoDeploy.Api.Contracts.Json;
using NeetoDeploy.Api.Contracts.Releases;
using NeetoDeploy.Cli.Commands.Builds;

namespace NeetoDeploy.Cli.Commands.Releases;

/// <summary>Waits until a release takes traffic, or does not, showing its release phase meanwhile.</summary>
internal sealed class ReleaseFollower(Invocation call)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    public async Task<ReleaseResource> FollowAsync(AppPath app, Guid id, CancellationToken cancel)
    {
        var release = await GetAsync(app, id, cancel);
        if (release.OutputStreamUrl is { } output)
        {
            await new OutputFollower(call).FollowAsync(output, cancel);
            release = await GetAsync(app, id, cancel);
        }
        while (release.Status == "pending")
        {
            await Task.Delay(Pause, call.Around.Time, cancel);
            release = await GetAsync(app, id, cancel);
        }
        return release;
    }

    private Task<ReleaseResource> GetAsync(AppPath app, Guid id, CancellationToken cancel) =>
        call.Api.GetAsync(app.To($"/releases/{id}"), ApiJson.Default.ReleaseResource, cancel);
}
