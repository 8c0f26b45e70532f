using NeetoDeploy.Api.Contracts.Apps;
using NeetoDeploy.Api.Contracts.Json;

namespace NeetoDeploy.Cli.Commands.Apps;

/// <summary><c>maintenance:on</c> and <c>maintenance:off</c></summary>
internal sealed class MaintenanceCommand : AppCommand
{
    private readonly bool on;

    public MaintenanceCommand(bool on)
        : base(
            on ? "maintenance:on" : "maintenance:off",
            on ? "Answers every request with the maintenance page." : "Serves the app again."
        ) => this.on = on;

    protected override async Task<int> ExecuteAsync(Invocation call, AppPath app, CancellationToken cancel)
    {
        var changed = await call.Api.SendAsync(
            HttpMethod.Patch,
            app.ToString(),
            new UpdateAppRequest(Maintenance: on),
            ApiJson.Default.UpdateAppRequest,
            ApiJson.Default.AppResource,
            cancel
        );
        return call.Show(
            changed,
            ApiJson.Default.AppResource,
            () => call.Screen.Line($"Maintenance mode of {changed.Name} is {(changed.Maintenance ? "on" : "off")}.")
        );
    }
}
