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
                    call.Screen.Note($"{app.Name} has no buildpacks set; each build detects them.");
                foreach (var installed in buildpacks)
                    call.Screen.Line($"{installed.Ordinal + 1}. {installed.Buildpack.Name}");
            }
        );
    }
}
