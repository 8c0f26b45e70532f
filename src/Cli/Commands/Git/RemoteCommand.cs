using NeetoDeploy.Api.Contracts.Json;

namespace NeetoDeploy.Cli.Commands.Git;

/// <summary><c>git:remote</c></summary>
internal sealed class RemoteCommand : AppCommand
{
    public RemoteCommand()
        : base("git:remote", "Adds the git remote of an app to this checkout.") { }

    protected override async Task<int> ExecuteAsync(Invocation call, AppPath app, CancellationToken cancel)
    {
        var info = await call.Api.GetAsync(app.ToString(), ApiJson.Default.AppResource, cancel);
        if (!await new GitRemote(call.Around).SetAsync(info, cancel))
            throw new CliException(
                ExitCode.Failed,
                "This folder is no git checkout.",
                "Make it one with 'git init', or deploy the folder as it is: neeto deploy"
            );
        return call.Show(info, ApiJson.Default.AppResource, () => call.Screen.Line($"{GitRemote.Name} is {info.GitUrl}"));
    }
}
