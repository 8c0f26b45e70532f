using System.CommandLine;
using NeetoDeploy.Api.Contracts.Json;

namespace NeetoDeploy.Cli.Commands.Builds;

/// <summary><c>builds:info</c></summary>
internal sealed class InfoCommand : AppCommand
{
    private readonly Argument<string?> id = new("id")
    {
        Arity = ArgumentArity.ZeroOrOne,
        Description = "The build; without it the newest.",
    };

    public InfoCommand()
        : base("builds:info", "Shows a build: its phases, its image's layers, and what was made anew.")
    {
        Add(id);
    }

    protected override async Task<int> ExecuteAsync(Invocation call, AppPath app, CancellationToken cancel)
    {
        var build = await BuildChoice.FindAsync(call, app, call.Get(id), cancel);
        var details = await call.Api.GetAsync(app.To($"/builds/{build.Id}/details"), ApiJson.Default.BuildDetailsResource, cancel);
        return call.Show(details, ApiJson.Default.BuildDetailsResource, () => new DetailsScreen(call.Screen).Show(details));
    }
}
