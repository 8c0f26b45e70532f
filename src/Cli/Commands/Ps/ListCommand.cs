using NeetoDeploy.Api.Contracts.Json;
using NeetoDeploy.Cli.Output;

namespace NeetoDeploy.Cli.Commands.Ps;

/// <summary><c>ps</c></summary>
internal sealed class ListCommand : AppCommand
{
    public ListCommand()
        : base("ps", "Lists the dynos.") { }

    protected override async Task<int> ExecuteAsync(Invocation call, AppPath app, CancellationToken cancel)
    {
        var dynos = await call.Api.ListAsync(app.To("/dynos"), ApiJson.Default.DynoResourceArray, cancel);
        return call.Show(
            dynos,
            ApiJson.Default.DynoResourceArray,
            () =>
                call.Screen.Table(
                    ["DYNO", "STATE", "SIZE", "RELEASE", "SINCE", "COMMAND"],
                    [
                        .. dynos.Select(dyno =>
                            new[]
                            {
                                dyno.Name,
                                dyno.State,
                                dyno.Size,
                                $"v{dyno.Release.Version}",
                                call.Screen.When(dyno.UpdatedAt),
                                dyno.Command,
                            }
                        ),
                    ]
                )
        );
    }
}
