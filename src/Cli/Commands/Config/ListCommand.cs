using NeetoDeploy.Api.Contracts.Json;
using NeetoDeploy.Cli.Output;

namespace NeetoDeploy.Cli.Commands.Config;

/// <summary><c>config</c></summary>
internal sealed class ListCommand : AppCommand
{
    public ListCommand()
        : base("config", "Lists the config vars.") { }

    protected override async Task<int> ExecuteAsync(Invocation call, AppPath app, CancellationToken cancel)
    {
        var vars = await call.Api.GetAsync(app.To("/config-vars"), ApiJson.Default.DictionaryStringString, cancel);
        return call.Show(
            vars,
            ApiJson.Default.DictionaryStringString,
            () =>
            {
                foreach (var (name, value) in vars.OrderBy(v => v.Key, StringComparer.Ordinal))
                    call.Screen.Line($"{name}={ForeignText.Clean(value ?? "", keepColours: false)}");
            }
        );
    }
}
