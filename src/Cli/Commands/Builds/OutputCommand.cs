using System.CommandLine;
using NeetoDeploy.Api.Contracts.Json;

namespace NeetoDeploy.Cli.Commands.Builds;

/// <summary><c>builds:output</c></summary>
internal sealed class OutputCommand : AppCommand
{
    private readonly Argument<string?> id = new("id")
    {
        Arity = ArgumentArity.ZeroOrOne,
        Description = "The build; without it the newest.",
    };

    public OutputCommand()
        : base("builds:output", "Prints a build's output, following it to its end.")
    {
        Add(id);
    }

    protected override async Task<int> ExecuteAsync(Invocation call, AppPath app, CancellationToken cancel)
    {
        using var reading = call.WhileRead(cancel);
        var build = await BuildChoice.FindAsync(call, app, call.Get(id), reading.Token);
        build = await new BuildFollower(call).FollowAsync(app, build, reading.Token);
        call.Show(build, ApiJson.Default.BuildResource, () => { });
        return build.Status == "succeeded" ? ExitCode.Ok : ExitCode.Failed;
    }
}
