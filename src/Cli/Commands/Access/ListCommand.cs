using NeetoDeploy.Api.Contracts.Json;

namespace NeetoDeploy.Cli.Commands.Access;

/// <summary><c>access</c></summary>
internal sealed class ListCommand : AppCommand
{
    public ListCommand()
        : base("access", "Lists who may work on the app.") { }

    protected override async Task<int> ExecuteAsync(Invocation call, AppPath app, CancellationToken cancel)
    {
        var people = await call.Api.ListAsync(app.To("/collaborators"), ApiJson.Default.CollaboratorResourceArray, cancel);
        return call.Show(
            people,
            ApiJson.Default.CollaboratorResourceArray,
            () => call.Screen.Table(["EMAIL", "ROLE"], [.. people.Select(person => new[] { person.User.Email, person.Role ?? "" })])
        );
    }
}
