using System.CommandLine;
using NeetoDeploy.Api.Contracts.Json;
using NeetoDeploy.Cli.Output;

namespace NeetoDeploy.Cli.Commands.Releases;

/// <summary><c>releases</c></summary>
internal sealed class ListCommand : AppCommand
{
    private readonly Option<int> count = Count.Option(unasked: 15, most: 1000);

    public ListCommand()
        : base("releases", "Lists the newest releases.")
    {
        Add(count);
    }

    protected override async Task<int> ExecuteAsync(Invocation call, AppPath app, CancellationToken cancel)
    {
        var releases = await call.Api.ListNewestAsync(
            app.To("/releases"),
            "version",
            call.Get(count),
            ApiJson.Default.ReleaseResourceArray,
            cancel
        );
        return call.Show(
            releases,
            ApiJson.Default.ReleaseResourceArray,
            () =>
                call.Screen.Table(
                    ["VERSION", "STATUS", "WHAT", "WHO", "WHEN"],
                    [
                        .. releases.Select(release =>
                            new[]
                            {
                                $"v{release.Version}",
                                release.Current ? "current" : release.Status,
                                release.Description,
                                release.User.Email,
                                call.Screen.When(release.CreatedAt),
                            }
                        ),
                    ]
                )
        );
    }
}
