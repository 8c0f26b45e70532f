using NeetoDeploy.Api.Contracts.Buildpacks;
using NeetoDeploy.Api.Contracts.Json;

namespace NeetoDeploy.Cli.Commands.Buildpacks;

/// <summary><c>buildpacks:clear</c></summary>
internal sealed class ClearCommand : AppCommand
{
    public ClearCommand()
        : base("buildpacks:clear", "Forgets the app's buildpacks: each build detects them again.") { }

    protected override async Task<int> ExecuteAsync(Invocation call, AppPath app, CancellationToken cancel)
    {
        var buildpacks = await call.Api.SendAsync(
            HttpMethod.Put,
            app.To("/buildpack-installations"),
            new SetBuildpacksRequest([]),
            ApiJson.Default.SetBuildpacksRequest,
            ApiJson.Default.BuildpackInstallationResourceArray,
            cancel
        );
        return call.Show(
            buildpacks,
            ApiJson.Default.BuildpackInstallationResourceArray,
            () => call.Screen.Line($"The next build of {app.Name} uses what it detects.")
        );
    }
}
