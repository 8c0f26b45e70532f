using System.CommandLine;

namespace NeetoDeploy.Cli.Commands.Ps;

/// <summary><c>ps:restart</c></summary>
internal sealed class RestartCommand : AppCommand
{
    private readonly Argument<string?> selection = new("selection")
    {
        Arity = ArgumentArity.ZeroOrOne,
        Description = "web or web.1; without it all.",
    };

    public RestartCommand()
        : base("ps:restart", "Replaces dynos by fresh ones: all, those of a type, or one.")
    {
        Add(selection);
    }

    protected override async Task<int> ExecuteAsync(Invocation call, AppPath app, CancellationToken cancel)
    {
        var wanted = call.Get(selection);
        await call.Api.SendAsync(HttpMethod.Delete, app.To(DynoPath.Of(wanted)), cancel);
        // The installation answers an empty object.
        call.Screen.Line(call.Json ? "{}" : $"Restarting {wanted ?? "all dynos"} of {app.Name}.");
        return ExitCode.Ok;
    }
}
