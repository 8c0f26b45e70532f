using System.CommandLine;
using NeetoDeploy.Api.Contracts.Json;

namespace NeetoDeploy.Cli.Commands.Config;

/// <summary><c>config:unset</c></summary>
internal sealed class UnsetCommand : AppCommand
{
    private readonly Argument<string[]> names = new("name") { Arity = ArgumentArity.OneOrMore, Description = "One or more." };

    public UnsetCommand()
        : base("config:unset", "Removes config vars, all in one release.")
    {
        Add(names);
    }

    protected override async Task<int> ExecuteAsync(Invocation call, AppPath app, CancellationToken cancel)
    {
        var patch = call.Get(names)!.Distinct().ToDictionary(name => name, _ => (string?)null);
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
            () => call.Screen.Line($"Removed {string.Join(", ", patch.Keys)} from {app.Name}; it restarts.")
        );
    }
}
