using System.CommandLine;
using NeetoDeploy.Api.Contracts.Apps;
using NeetoDeploy.Api.Contracts.Json;

namespace NeetoDeploy.Cli.Commands.Apps;

/// <summary><c>rename</c></summary>
internal sealed class RenameCommand : AppCommand
{
    private readonly Argument<string> name = new("name") { Description = "The new name." };

    public RenameCommand()
        : base("rename", "Gives an app another name, and so another address.")
    {
        Add(name);
    }

    protected override async Task<int> ExecuteAsync(Invocation call, AppPath app, CancellationToken cancel)
    {
        var renamed = await call.Api.SendAsync(
            HttpMethod.Patch,
            app.ToString(),
            new UpdateAppRequest(Name: call.Get(name)),
            ApiJson.Default.UpdateAppRequest,
            ApiJson.Default.AppResource,
            cancel
        );
        return call.Show(
            renamed,
            ApiJson.Default.AppResource,
            () => call.Screen.Line($"{app.Name} is now {renamed.Name}: {renamed.WebUrl}")
        );
    }
}
