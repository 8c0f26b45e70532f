using System.CommandLine;

namespace NeetoDeploy.Cli.Commands;

/// <summary>A command of the CLI: it has <c>--json</c>, and its failures end in words and an exit code.</summary>
internal abstract class CliCommand : Command
{
    private readonly Option<bool> json = new("--json") { Arity = ArgumentArity.Zero, Description = "Answer with JSON." };

    protected CliCommand(string name, string description)
        : base(name, description)
    {
        Options.Add(json);
        SetAction(RunAsync);
    }

    protected abstract Task<int> ExecuteAsync(Invocation call, CancellationToken cancel);

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        using var call = new Invocation(parsed, (Surroundings)parsed.InvocationConfiguration, parsed.GetValue(json));
        try
        {
            return await ExecuteAsync(call, cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
        catch (OperationCanceledException) when (call.IsUnread)
        {
            return ExitCode.Unread;
        }
        catch (Exception e) when (Failure.Explain(e) is { } failure)
        {
            call.Screen.Failure(failure.Message, failure.Advice);
            return failure.ExitCode;
        }
    }
}
