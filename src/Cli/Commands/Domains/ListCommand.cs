using NeetoDeploy.Api.Contracts.Json;

namespace NeetoDeploy.Cli.Commands.Domains;

/// <summary><c>domains</c></summary>
internal sealed class ListCommand : AppCommand
{
    public ListCommand()
        : base("domains", "Lists the host names that lead to the app.") { }

    protected override async Task<int> ExecuteAsync(Invocation call, AppPath app, CancellationToken cancel)
    {
        var domains = await call.Api.ListAsync(app.To("/domains"), ApiJson.Default.DomainResourceArray, cancel);
        return call.Show(
            domains,
            ApiJson.Default.DomainResourceArray,
            () =>
                call.Screen.Table(
                    ["HOST", "KIND", "DNS TARGET"],
                    [
                        .. domains.Select(domain =>
                            new[] { domain.Hostname, domain.Kind == "heroku" ? "default" : domain.Kind, domain.Cname ?? "" }
                        ),
                    ]
                )
        );
    }
}
