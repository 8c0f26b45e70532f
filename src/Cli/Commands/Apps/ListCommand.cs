using NeetoDeploy.Api.Contracts.Json;
using NeetoDeploy.Cli.Output;

namespace NeetoDeploy.Cli.Commands.Apps;

/// <summary><c>apps</c></summary>
internal sealed class ListCommand : CliCommand
{
    public ListCommand()
        : base("apps", "Lists the apps you can see.") { }

    protected override async Task<int> ExecuteAsync(Invocation call, CancellationToken cancel)
    {
        var apps = await call.Api.ListAsync("/apps", ApiJson.Default.AppResourceArray, cancel, "name ..; max=1000");
        return call.Show(
            apps,
            ApiJson.Default.AppResourceArray,
            () =>
                call.Screen.Table(
                    ["NAME", "OWNER", "RELEASED", "URL"],
                    [
                        .. apps.Select(app =>
                            new[] { app.Name, app.Owner.Email, app.ReleasedAt is { } at ? call.Screen.When(at) : "never", app.WebUrl ?? "" }
                        ),
                    ]
                )
        );
    }
}
