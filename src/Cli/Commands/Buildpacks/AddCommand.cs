using System.CommandLine;

namespace NeetoDeploy.Cli.Commands.Buildpacks;

/// <summary><c>buildpacks:add</c></summary>
internal sealed class AddCommand : AppCommand
{
    private readonly Argument<string> name = new("buildpack") { Description = "heroku/nodejs, a git URL, …" };

    private readonly Option<int?> index = BuildpackIndex.Option("Its place in the list, from 1; without it the last.");

    public AddCommand()
        : base("buildpacks:add", "Adds a buildpack to those that the app has.")
    {
        Add(name);
        Options.Add(index);
    }

    protected override async Task<int> ExecuteAsync(Invocation call, AppPath app, CancellationToken cancel)
    {
        var list = new BuildpackList(call, app);
        var buildpacks = await list.ReadAsync(cancel);
        var wanted = call.Get(name)!;
        BuildpackList.RequireNew(buildpacks, wanted);
        buildpacks.Insert(Math.Min((call.Get(index) ?? int.MaxValue) - 1, buildpacks.Count), wanted);
        return await list.WriteAsync(buildpacks, "added", cancel);
    }
}
