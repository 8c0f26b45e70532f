using System.CommandLine;
using NeetoDeploy.Api.Contracts.Json;

namespace NeetoDeploy.Cli.Commands.Config;

/// <summary><c>config:set</c></summary>
internal sealed class SetCommand : AppCommand
{
    private readonly Argument<string[]> pairs = new("NAME=VALUE") { Arity = ArgumentArity.OneOrMore, Description = "One or more." };

    public SetCommand()
        : base("config:set", "Sets config vars, all in one release.")
    {
        Add(pairs);
    }

    protected override async Task<int> ExecuteAsync(Invocation call, AppPath app, CancellationToken cancel)
    {
        var patch = new Dictionary<string, string?>();
        foreach (var pair in call.Get(pairs)!)
        {
            if (pair.Split('=', 2) is not [{ Length: > 0 } name, var value])
                throw new CliException(ExitCode.Usage, $"'{pair}' is not NAME=VALUE.");
            patch[name] = value;
        }
        var vars = await call.Api.SendAsync(
            HttpMethod.Patch,
            app.To("/config-vars"),
            patch,
            ApiJson.Default.DictionaryStringString,
            ApiJson.Default.DictionaryStringString,
            cancel
        );
        return call.Show(
            vars,
            ApiJson.Default.DictionaryStringString,
            () => call.Screen.Line($"Set {string.Join(", ", patch.Keys)} on {app.Name}; it restarts.")
        );
    }
}
