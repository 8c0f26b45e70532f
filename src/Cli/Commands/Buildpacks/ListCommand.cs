using NeetoDeploy.Api.Contracts.Json;

namespace NeetoDeploy.Cli.Commands.Buildpacks;

/// <summary><c>buildpacks</c></summary>
internal sealed class ListCommand : AppCommand
{
    public ListCommand()
        : base("buildpacks", "Lists the app's buildpacks.") { }

    protected override async Task<int> ExecuteAsync(Invocation call, AppPath app, CancellationToken cancel)
    {
        var buildpacks = await call.Api.ListAsync(
            app.To("/buildpack-installations"),
            ApiJson.Default.BuildpackInstallationResourceArray,
            cancel
        );
        return call.Show(
            buildpacks,
            ApiJson.Default.BuildpackInstallationResourceArray,
            () =>
            {
                if (buildpacks.Length == 0)
                {
                    call.Screen.Line($"{app.Name} has no Buildpacks.");
                    return;
                }
                call.Screen.Line($"=== {app.Name} {(buildpacks.Length == 1 ? "Buildpack" : "Buildpacks")}");
                new BuildpackList(call, app).Show([.. buildpacks.Select(installed => installed.Buildpack.Name)], indent: "");
            }
        );
    }
}
