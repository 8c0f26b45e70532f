using NeetoDeploy.Api.Contracts.Json;
using NeetoDeploy.Cli.Output;

namespace NeetoDeploy.Cli.Commands.Apps;

/// <summary><c>open</c></summary>
internal sealed class OpenCommand : AppCommand
{
    public OpenCommand()
        : base("open", "Opens an app in the browser, or prints its address where there is none.") { }

    protected override async Task<int> ExecuteAsync(Invocation call, AppPath app, CancellationToken cancel)
    {
        var info = await call.Api.GetAsync(app.ToString(), ApiJson.Default.AppResource, cancel);
        if (!call.Json && call.Screen.IsTerminal && Browser.TryOpen(info.WebUrl!))
            return ExitCode.Ok;
        return call.Show(info, ApiJson.Default.AppResource, () => call.Screen.Line(info.WebUrl!));
    }
}
