using System.CommandLine;

namespace NeetoDeploy.Cli.Commands.Git;

/// <summary><c>git:credentials</c>: the protocol of gitcredentials(7).</summary>
internal sealed class CredentialsCommand : CliCommand
{
    private readonly Argument<string> operation = new("operation") { Description = "get, store or erase; only get is answered." };

    public CredentialsCommand()
        : base("git:credentials", "Answers git as a credential helper.")
    {
        Add(operation);
    }

    protected override async Task<int> ExecuteAsync(Invocation call, CancellationToken cancel)
    {
        // git writes its question first; it is not needed, but must be read.
        await call.Around.Input().ReadToEndAsync(cancel);
        if (call.Get(operation) == "get")
            call.Screen.Output.Write($"username=neeto\npassword={call.Api.Login.Token}\n");
        return ExitCode.Ok;
    }
}
