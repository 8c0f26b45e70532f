using System.CommandLine;
using NeetoDeploy.Api.Contracts.Domains;
using NeetoDeploy.Api.Contracts.Json;

namespace NeetoDeploy.Cli.Commands.Domains;

/// <summary><c>domains:add</c></summary>
internal sealed class AddCommand : AppCommand
{
    private readonly Argument<string> host = new("host") { Description = "shop.example.com, or *.example.com" };

    public AddCommand()
        : base("domains:add", "Adds a host name of your own.")
    {
        Add(host);
    }

    protected override async Task<int> ExecuteAsync(Invocation call, AppPath app, CancellationToken cancel)
    {
        var domain = await call.Api.SendAsync(
            HttpMethod.Post,
            app.To("/domains"),
            new AddDomainRequest(call.Get(host)),
            ApiJson.Default.AddDomainRequest,
            ApiJson.Default.DomainResource,
            cancel
        );
        return call.Show(
            domain,
            ApiJson.Default.DomainResource,
            () => call.Screen.Line($"{domain.Hostname} leads to {app.Name} once its DNS record points to {domain.Cname}.")
        );
    }
}
