using System.CommandLine;

namespace NeetoDeploy.Cli.Commands;

/// <summary>The option <c>--num</c>: how many of the newest.</summary>
internal static class Count
{
    public static Option<int> Option(int unasked, int most)
    {
        var option = new Option<int>("--num", "-n")
        {
            DefaultValueFactory = _ => unasked,
            Description = $"How many of the newest, at most {most}.",
        };
        option.Validators.Add(result =>
        {
            if (!result.Errors.Any() && result.GetValueOrDefault<int>() is var count && (count < 1 || count > most))
                result.AddError($"--num is a number from 1 to {most}.");
        });
        return option;
    }
}
