namespace NeetoDeploy.Cli.Commands.Accounts;

/// <summary><c>logout</c></summary>
internal sealed class LogoutCommand : CliCommand
{
    public LogoutCommand()
        : base("logout", "Forgets the stored sign-in.") { }

    protected override Task<int> ExecuteAsync(Invocation call, CancellationToken cancel)
    {
        call.Screen.Note(call.Logins.Forget() ? "Signed out." : "Nobody was signed in.");
        return Task.FromResult(ExitCode.Ok);
    }
}
