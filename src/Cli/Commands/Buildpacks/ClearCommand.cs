namespace NeetoDeploy.Cli.Commands.Buildpacks;

/// <summary><c>buildpacks:clear</c></summary>
internal sealed class ClearCommand : AppCommand
{
    public ClearCommand()
        : base("buildpacks:clear", "Forgets the app's buildpacks: each build detects them again.") { }

    protected override Task<int> ExecuteAsync(Invocation call, AppPath app, CancellationToken cancel) =>
        new BuildpackList(call, app).ClearAsync("Buildpacks cleared.", cancel);
}
