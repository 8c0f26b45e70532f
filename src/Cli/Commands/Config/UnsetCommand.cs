using System.CommandLine;

namespace NeetoDeploy.Cli.Commands.Config;

/// <summary><c>config:unset</c></summary>
internal sealed class UnsetCommand : PatchCommand
{
    private readonly Argument<string[]> names = new("name") { Arity = ArgumentArity.OneOrMore, Description = "One or more." };

    public UnsetCommand()
        : base("config:unset", "Removes config vars, all in one release.")
    {
        Add(names);
    }

    protected override IReadOnlyDictionary<string, string?> PatchFrom(Invocation call) =>
        call.Get(names)!.Distinct().ToDictionary(name => name, _ => (string?)null);

    protected override string Done(string names, string app) => $"Removed {names} from {app}";
}
