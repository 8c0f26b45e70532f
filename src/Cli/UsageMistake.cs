using System.CommandLine;
using NeetoDeploy.Cli.Output;

namespace NeetoDeploy.Cli;

/// <summary>A command line that means nothing, answered with the nearest that does and not with a page of help.</summary>
internal static class UsageMistake
{
    public static int Show(ParseResult parsed, Screen screen)
    {
        var (message, advice) = Explain(parsed);
        screen.Failure(message, advice);
        return ExitCode.Usage;
    }

    private static (string Message, string Advice) Explain(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        if (command is not RootCommand)
            return (parsed.Errors[0].Message, $"'neeto {command.Name} --help' says how it is used.");
        if (parsed.UnmatchedTokens is not [var word, ..])
            return (parsed.Errors[0].Message, "'neeto --help' lists the commands.");
        var nearest = Nearest.To(word, command.Subcommands.Select(known => known.Name));
        return (
            $"There is no command '{word}'.",
            nearest.Count == 0 ? "'neeto --help' lists the commands." : $"Did you mean {string.Join(" or ", nearest)}?"
        );
    }
}
