using System.CommandLine;
using NeetoDeploy.Api.Contracts.Json;

namespace NeetoDeploy.Cli.Commands.Access;

/// <summary><c>access:remove</c></summary>
internal sealed class RemoveCommand : AppCommand
{
    private readonly Argument<string> email = new("email") { Description = "Whom." };

    public RemoveCommand()
        : base("access:remove", "Stops sharing the app with somebody.")
    {
        Add(email);
    }

    protected override async Task<int> ExecuteAsync(Invocation call, AppPath app, CancellationToken cancel)
    {
        var person = await call.Api.SendAsync(
            HttpMethod.Delete,
            app.To($"/collaborators/{Uri.EscapeDataString(call.Get(email)!)}"),
            ApiJson.Default.CollaboratorResource,
            cancel
        );
        return call.Show(
            person,
            ApiJson.Default.CollaboratorResource,
            () => call.Screen.Line($"{person.User.Email} no longer works on {app.Name}.")
        );
    }
}
