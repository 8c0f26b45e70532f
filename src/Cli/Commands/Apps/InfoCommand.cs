using NeetoDeploy.Api.Contracts.Json;
using NeetoDeploy.Cli.Output;

namespace NeetoDeploy.Cli.Commands.Apps;

/// <summary><c>info</c></summary>
internal sealed class InfoCommand : AppCommand
{
    public InfoCommand()
        : base("info", "Shows an app.") { }

    protected override async Task<int> ExecuteAsync(Invocation call, AppPath app, CancellationToken cancel)
    {
        var info = await call.Api.GetAsync(app.ToString(), ApiJson.Default.AppResource, cancel);
        return call.Show(
            info,
            ApiJson.Default.AppResource,
            () =>
            {
                call.Screen.Line($"=== {info.Name}");
                call.Screen.Line($"URL:          {info.WebUrl}");
                call.Screen.Line($"Git URL:      {info.GitUrl}");
                call.Screen.Line($"Owner:        {info.Owner.Email}");
                call.Screen.Line($"Stack:        {info.Stack.Name}");
                call.Screen.Line($"Maintenance:  {(info.Maintenance ? "on" : "off")}");
                call.Screen.Line($"Image size:   {(info.SlugSize is { } size ? $"{size / 1_000_000.0:0.0} MB" : "nothing built yet")}");
                call.Screen.Line($"Released:     {(info.ReleasedAt is { } at ? call.Screen.When(at) : "never")}");
            }
        );
    }
}
