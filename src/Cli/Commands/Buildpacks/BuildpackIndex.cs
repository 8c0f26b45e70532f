using System.CommandLine;

namespace NeetoDeploy.Cli.Commands.Buildpacks;

/// <summary><c>--index</c>: a place in the list, from 1.</summary>
internal static class BuildpackIndex
{
    public static Option<int?> Option(string description)
    {
        var option = new Option<int?>("--index", "-i") { Description = description };
        option.Validators.Add(result =>
        {
            if (!result.Errors.Any() && result.GetValueOrDefault<int?>() <= 0)
                result.AddError("Invalid index. Must be greater than 0.");
        });
        return option;
    }
}
