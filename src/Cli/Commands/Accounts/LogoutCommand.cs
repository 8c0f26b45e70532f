using NeetoDeploy.Cli.Sessions;

namespace NeetoDeploy.Cli.Commands.Accounts;

/// <summary><c>logout</c></summary>
internal sealed class LogoutCommand : CliCommand
{
    public LogoutCommand()
        : base("logout", "Forgets the stored sign-in.")
    {
    }

    protected override async Task<int> ExecuteAsync(Invocation call, CancellationToken cancel)
    {
        call.Screen.Note(Login.Forget() ? "Signed out." : "Nobody was signed in.");
        return await Task.FromResult(ExitCode.Ok);
    }
}
