using System.CommandLine;

namespace NeetoDeploy.Cli.Commands.Config;

/// <summary><c>config:set</c></summary>
internal sealed class SetCommand : PatchCommand
{
    private readonly Argument<string[]> pairs = new("NAME=VALUE") { Arity = ArgumentArity.OneOrMore, Description = "One or more." };

    public SetCommand()
        : base("config:set", "Sets config vars, all in one release.")
    {
        Add(pairs);
    }

    protected override IReadOnlyDictionary<string, string?> PatchFrom(Invocation call)
    {
        var patch = new Dictionary<string, string?>();
        foreach (var pair in call.Get(pairs)!)
        {
            if (pair.Split('=', 2) is not [{ Length: > 0 } name, var value])
                throw new CliException(ExitCode.Usage, $"'{pair}' is not NAME=VALUE.");
            patch[name] = value;
        }
        return patch;
    }

    protected override string Done(string names, string app) => $"Set {names} on {app}";
}
