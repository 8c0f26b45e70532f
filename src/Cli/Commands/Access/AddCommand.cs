using System.CommandLine;
using NeetoDeploy.Api.Contracts.Apps;
using NeetoDeploy.Api.Contracts.Json;

namespace NeetoDeploy.Cli.Commands.Access;

/// <summary><c>access:add</c></summary>
internal sealed class AddCommand : AppCommand
{
    private readonly Argument<string> email = new("email") { Description = "An account of this installation." };

    public AddCommand()
        : base("access:add", "Shares the app with somebody.")
    {
        Add(email);
    }

    protected override async Task<int> ExecuteAsync(Invocation call, AppPath app, CancellationToken cancel)
    {
        var person = await call.Api.SendAsync(
            HttpMethod.Post,
            app.To("/collaborators"),
            new AddCollaboratorRequest(call.Get(email)),
            ApiJson.Default.AddCollaboratorRequest,
            ApiJson.Default.CollaboratorResource,
            cancel
        );
        return call.Show(
            person,
            ApiJson.Default.CollaboratorResource,
            () => call.Screen.Line($"{person.User.Email} may now work on {app.Name}.")
        );
    }
}
