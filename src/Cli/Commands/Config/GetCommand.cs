using System.CommandLine;
using NeetoDeploy.Api.Contracts.Json;

namespace NeetoDeploy.Cli.Commands.Config;

/// <summary><c>config:get</c></summary>
internal sealed class GetCommand : AppCommand
{
    private readonly Argument<string> name = new("name") { Description = "The config var." };

    public GetCommand()
        : base("config:get", "Prints the value of a config var.")
    {
        Add(name);
    }

    protected override async Task<int> ExecuteAsync(Invocation call, AppPath app, CancellationToken cancel)
    {
        var vars = await call.Api.GetAsync(app.To("/config-vars"), ApiJson.Default.DictionaryStringString, cancel);
        var wanted = call.Get(name)!;
        if (!vars.TryGetValue(wanted, out var value))
            throw new CliException(
                ExitCode.NotFound,
                $"{app.Name} has no config var {wanted}.",
                $"'neeto config -a {app.Name}' lists them."
            );
        return call.Show(
            new Dictionary<string, string?> { [wanted] = value },
            ApiJson.Default.DictionaryStringString,
            () => call.Screen.Line(value ?? "")
        );
    }
}
