using System.CommandLine;
using NeetoDeploy.Api.Contracts.Json;
using NeetoDeploy.Cli.Output;

namespace NeetoDeploy.Cli.Commands.Builds;

/// <summary><c>builds</c></summary>
internal sealed class ListCommand : AppCommand
{
    private readonly Option<int> count = Count.Option(unasked: 15, most: 1000);

    public ListCommand()
        : base("builds", "Lists the newest builds.")
    {
        Add(count);
    }

    protected override async Task<int> ExecuteAsync(Invocation call, AppPath app, CancellationToken cancel)
    {
        var builds = await call.Api.ListNewestAsync(app.To("/builds"), "id", call.Get(count), ApiJson.Default.BuildResourceArray, cancel);
        return call.Show(
            builds,
            ApiJson.Default.BuildResourceArray,
            () =>
                call.Screen.Table(
                    ["ID", "STATUS", "VERSION", "WHO", "WHEN"],
                    [
                        .. builds.Select(build =>
                            new[]
                            {
                                build.Id.ToString(),
                                build.Status,
                                build.SourceBlob.Version ?? "",
                                build.User.Email,
                                call.Screen.When(build.CreatedAt),
                            }
                        ),
                    ]
                )
        );
    }
}
