using System.CommandLine;

namespace NeetoDeploy.Cli.Commands.Buildpacks;

/// <summary><c>buildpacks:remove</c></summary>
internal sealed class RemoveCommand : AppCommand
{
    private readonly Argument<string?> name = new("buildpack")
    {
        Arity = ArgumentArity.ZeroOrOne,
        Description = "The buildpack as 'buildpacks' shows it.",
    };

    private readonly Option<int?> index = BuildpackIndex.Option("Its place in the list, from 1, instead of its name.");

    public RemoveCommand()
        : base("buildpacks:remove", "Removes a buildpack from those that the app has.")
    {
        Add(name);
        Options.Add(index);
        Validators.Add(result =>
        {
            var (hasName, hasIndex) = (result.GetResult(name)?.Tokens.Count > 0, result.GetResult(index) is not null);
            if (hasName && hasIndex)
                result.AddError("Please choose either index or Buildpack, but not both.");
            else if (!hasName && !hasIndex)
                result.AddError("Must specify a buildpack to remove, either by index or URL.");
        });
    }

    protected override async Task<int> ExecuteAsync(Invocation call, AppPath app, CancellationToken cancel)
    {
        var list = new BuildpackList(call, app);
        var buildpacks = await list.ReadAsync(cancel);
        if (buildpacks.Count == 0)
            throw new CliException(
                ExitCode.Failed,
                $"No buildpacks were found. Next release on {app.Name} will detect buildpack normally."
            );
        buildpacks.RemoveAt(PlaceIn(buildpacks, call.Get(index), call.Get(name)));
        return buildpacks.Count == 0
            ? await list.ClearAsync("Buildpack removed.", cancel)
            : await list.WriteAsync(buildpacks, "removed", cancel);
    }

    private static int PlaceIn(List<string> buildpacks, int? index, string? name)
    {
        if (index > buildpacks.Count)
            throw new CliException(
                ExitCode.Failed,
                buildpacks.Count == 1
                    ? "Invalid index. Only valid value is 1."
                    : $"Invalid index. Please choose a value between 1 and {buildpacks.Count}"
            );
        var place = index - 1 ?? BuildpackList.Find(buildpacks, name!);
        return place >= 0 ? place : throw new CliException(ExitCode.Failed, "Buildpack not found. Nothing was removed.");
    }
}
