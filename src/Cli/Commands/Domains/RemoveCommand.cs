using System.CommandLine;
using NeetoDeploy.Api.Contracts.Json;

namespace NeetoDeploy.Cli.Commands.Domains;

/// <summary><c>domains:remove</c></summary>
internal sealed class RemoveCommand : AppCommand
{
    private readonly Argument<string> host = new("host") { Description = "The host name." };

    public RemoveCommand()
        : base("domains:remove", "Removes a host name.")
    {
        Add(host);
    }

    protected override async Task<int> ExecuteAsync(Invocation call, AppPath app, CancellationToken cancel)
    {
        var domain = await call.Api.SendAsync(
            HttpMethod.Delete,
            app.To($"/domains/{Uri.EscapeDataString(call.Get(host)!)}"),
            ApiJson.Default.DomainResource,
            cancel
        );
        return call.Show(
            domain,
            ApiJson.Default.DomainResource,
            () => call.Screen.Line($"{domain.Hostname} no longer leads to {app.Name}.")
        );
    }
}
