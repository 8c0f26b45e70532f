using System.CommandLine;
using System.Globalization;
using NeetoDeploy.Api.Contracts.Dynos;
using NeetoDeploy.Api.Contracts.Json;

namespace NeetoDeploy.Cli.Commands.Runs;

/// <summary><c>run</c>: a one-off dyno, attached or detached. Attached, its exit status is the command's own.</summary>
internal sealed class RunCommand : AppCommand
{
    private readonly Argument<string[]> line = new("command")
    {
        Arity = ArgumentArity.OneOrMore,
        Description = "What to run, in the app's environment.",
    };
    private readonly Option<bool> detach = new("--detach")
    {
        Arity = ArgumentArity.Zero,
        Description = "Do not wait; its output goes to the log.",
    };
    private readonly Option<bool> noTty = new("--no-tty") { Arity = ArgumentArity.Zero, Description = "Plain pipes, even on a terminal." };
    private readonly Option<string?> size = new("--size") { Description = "The dyno's size." };

    public RunCommand()
        : base("run", "Runs a command in a one-off dyno.")
    {
        Add(line);
        Add(detach);
        Add(noTty);
        Add(size);
    }

    protected override async Task<int> ExecuteAsync(Invocation call, AppPath app, CancellationToken cancel)
    {
        var command = ShellLine.Of(call.Get(line)!);
        if (call.Get(detach))
        {
            var started = await StartAsync(call, app, new CreateDynoRequest(command, Attach: false, Size: call.Get(size)), cancel);
            return call.Show(
                started,
                ApiJson.Default.DynoResource,
                () => call.Screen.Line($"{started.Name} runs; follow it: neeto logs -a {app.Name} --tail --dyno {started.Name}")
            );
        }
        var isTerminal = !call.Get(noTty) && call.Around.IsInputTerminal && call.Around.IsOutputTerminal;
        var dyno = await call.Screen.WorkAsync(
            $"Running {command} on {app.Name}",
            () =>
                StartAsync(
                    call,
                    app,
                    new CreateDynoRequest(
                        ExitMarker.Wrap(command),
                        Attach: true,
                        Env: isTerminal ? Terminal.Environment(call.Around) : null,
                        ForceNoTty: isTerminal ? null : true,
                        Size: call.Get(size)
                    ),
                    cancel
                )
        );
        using var terminal = isTerminal ? Terminal.EnterRaw() : null;
        return await new Rendezvous(new Uri(dyno.AttachUrl!), call.Api.Login.AuthorityFile, call.Around).RunAsync(isTerminal, cancel);
    }

    private static Task<DynoResource> StartAsync(Invocation call, AppPath app, CreateDynoRequest request, CancellationToken cancel) =>
        call.Api.SendAsync(
            HttpMethod.Post,
            app.To("/dynos"),
            request,
            ApiJson.Default.CreateDynoRequest,
            ApiJson.Default.DynoResource,
            cancel
        );
}
