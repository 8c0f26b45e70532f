using System.CommandLine;

namespace NeetoDeploy.Cli.Commands.Buildpacks;

/// <summary><c>buildpacks:set</c></summary>
internal sealed class SetCommand : AppCommand
{
    private readonly Argument<string[]> names = new("buildpack")
    {
        Arity = ArgumentArity.OneOrMore,
        Description = "heroku/nodejs, a git URL, …",
    };

    private readonly Option<int?> index = BuildpackIndex.Option(
        "Which of the app's buildpacks one takes the place of, from 1; without it the first."
    );

    public SetCommand()
        : base("buildpacks:set", "Sets a buildpack in the place of one that the app has; several are the whole list.")
    {
        Add(names);
        Options.Add(index);
        Validators.Add(result =>
        {
            if (result.GetResult(index) is not null && result.GetResult(names)?.Tokens.Count > 1)
                result.AddError("--index says where one buildpack goes, and here are several.");
        });
    }

    protected override async Task<int> ExecuteAsync(Invocation call, AppPath app, CancellationToken cancel)
    {
        var list = new BuildpackList(call, app);
        if (call.Get(names) is not [var wanted])
            return await list.WriteAsync(call.Get(names)!, "set", cancel);
        var buildpacks = await list.ReadAsync(cancel);
        BuildpackList.RequireNew(buildpacks, wanted);
        var place = (call.Get(index) ?? 1) - 1;
        if (place < buildpacks.Count)
            buildpacks[place] = wanted;
        else
            buildpacks.Add(wanted);
        return await list.WriteAsync(buildpacks, "set", cancel);
    }
}
