using System.CommandLine;
using NeetoDeploy.Api.Contracts.Buildpacks;
using NeetoDeploy.Api.Contracts.Json;

namespace NeetoDeploy.Cli.Commands.Buildpacks;

/// <summary><c>buildpacks:set</c></summary>
internal sealed class SetCommand : AppCommand
{
    private readonly Argument<string[]> names = new("buildpack")
    {
        Arity = ArgumentArity.OneOrMore,
        Description = "heroku/nodejs, a git URL, …",
    };

    public SetCommand()
        : base("buildpacks:set", "Sets the app's buildpacks for its next builds.")
    {
        Add(names);
    }

    protected override async Task<int> ExecuteAsync(Invocation call, AppPath app, CancellationToken cancel)
    {
        var updates = call.Get(names)!.Select(name => new BuildpackUpdate(name)).ToArray();
        var buildpacks = await call.Api.SendAsync(
            HttpMethod.Put,
            app.To("/buildpack-installations"),
            new SetBuildpacksRequest(updates),
            ApiJson.Default.SetBuildpacksRequest,
            ApiJson.Default.BuildpackInstallationResourceArray,
            cancel
        );
        return call.Show(
            buildpacks,
            ApiJson.Default.BuildpackInstallationResourceArray,
            () => call.Screen.Line($"The next build of {app.Name} uses {string.Join(", ", buildpacks.Select(b => b.Buildpack.Name))}.")
        );
    }
}
