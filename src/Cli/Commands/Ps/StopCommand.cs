using System.CommandLine;

namespace NeetoDeploy.Cli.Commands.Ps;

/// <summary><c>ps:stop</c></summary>
internal sealed class StopCommand : AppCommand
{
    private readonly Argument<string> selection = new("selection") { Description = "web.1, run.4711 or web." };

    public StopCommand()
        : base("ps:stop", "Stops a dyno or those of a type. A dyno of the formation comes back; scale to 0 to keep it away.")
    {
        Add(selection);
    }

    protected override async Task<int> ExecuteAsync(Invocation call, AppPath app, CancellationToken cancel)
    {
        var wanted = call.Get(selection)!;
        await call.Api.SendAsync(HttpMethod.Post, app.To($"{DynoPath.Of(wanted)}/actions/stop"), cancel);
        // The installation answers an empty object.
        call.Screen.Line(call.Json ? "{}" : $"Stopping {wanted} of {app.Name}.");
        return ExitCode.Ok;
    }
}
