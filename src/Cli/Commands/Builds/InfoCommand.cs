using System.CommandLine;
using NeetoDeploy.Api.Contracts.Json;
using NeetoDeploy.Cli.Output;

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
        : base("builds:info", "Shows a build.")
    {
        Add(id);
    }

    protected override async Task<int> ExecuteAsync(Invocation call, AppPath app, CancellationToken cancel)
    {
        var build = await BuildChoice.FindAsync(call, app, call.Get(id), cancel);
        return call.Show(
            build,
            ApiJson.Default.BuildResource,
            () =>
            {
                call.Screen.Line($"=== Build {build.Id}");
                call.Screen.Line($"Status:   {build.Status}");
                call.Screen.Line($"Version:  {build.SourceBlob.Version}");
                call.Screen.Line($"Stack:    {build.Stack}");
                call.Screen.Line($"Who:      {build.User.Email}");
                call.Screen.Line($"When:     {call.Screen.When(build.CreatedAt)}");
            }
        );
    }
}
