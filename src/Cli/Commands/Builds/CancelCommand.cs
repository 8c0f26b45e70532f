using System.CommandLine;
using NeetoDeploy.Api.Contracts.Json;

namespace NeetoDeploy.Cli.Commands.Builds;

/// <summary><c>builds:cancel</c></summary>
internal sealed class CancelCommand : AppCommand
{
    private readonly Argument<string?> id = new("id")
    {
        Arity = ArgumentArity.ZeroOrOne,
        Description = "The build; without it the newest.",
    };

    public CancelCommand()
        : base("builds:cancel", "Cancels a build.")
    {
        Add(id);
    }

    protected override async Task<int> ExecuteAsync(Invocation call, AppPath app, CancellationToken cancel)
    {
        var build = await BuildChoice.FindAsync(call, app, call.Get(id), cancel);
        var cancelled = await call.Api.SendAsync(HttpMethod.Delete, app.To($"/builds/{build.Id}"), ApiJson.Default.BuildResource, cancel);
        return call.Show(cancelled, ApiJson.Default.BuildResource, () => call.Screen.Line($"Cancelling build {build.Id}."));
    }
}
