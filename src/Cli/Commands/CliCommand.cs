using System.CommandLine;
using System.Net;
using NeetoDeploy.Cli.Http;
using NeetoDeploy.Cli.Output;

namespace NeetoDeploy.Cli.Commands;

/// <summary>A command of the CLI: it has <c>--json</c>, and its failures end in words and an exit code.</summary>
internal abstract class CliCommand : Command
{
    private readonly Option<bool> json = new("--json") { Description = "Answer with JSON." };

    protected CliCommand(string name, string description)
        : base(name, description)
    {
        Options.Add(json);
        SetAction(RunAsync);
    }

    protected abstract Task<int> ExecuteAsync(Invocation call, CancellationToken cancel);

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var output = parsed.InvocationConfiguration.Output;
        var error = parsed.InvocationConfiguration.Error;
        var colours = Environment.GetEnvironmentVariable("NO_COLOR") is null or "";
        var screen = new Screen(output, error, colours && output == Console.Out && !Console.IsOutputRedirected, colours && error == Console.Error && !Console.IsErrorRedirected);
        using var call = new Invocation(parsed, screen, parsed.GetValue(json));
        try
        {
            return await ExecuteAsync(call, cancel);
        }
        catch (CliException e)
        {
            screen.Failure(e.Message, e.Advice);
            return e.ExitCode;
        }
        catch (ApiException e)
        {
            screen.Failure(e.Message, Advice(e));
            return CodeOf(e.Status);
        }
        catch (HttpRequestException e)
        {
            screen.Failure($"The installation does not answer ({e.Message}).", "Is it running? 'neeto status' says; 'neeto up' starts it.");
            return ExitCode.Unreachable;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
        catch (OperationCanceledException)
        {
            screen.Failure("The installation took too long to answer.", "'neeto doctor' checks what is wrong.");
            return ExitCode.Unreachable;
        }
    }

    private static int CodeOf(HttpStatusCode status) => status switch
    {
        HttpStatusCode.NotFound => ExitCode.NotFound,
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => ExitCode.Denied,
        HttpStatusCode.ServiceUnavailable or HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout => ExitCode.Unreachable,
        _ => ExitCode.Failed,
    };

    private static string? Advice(ApiException e) => e.Status switch
    {
        HttpStatusCode.NotFound when e.Error.Resource == "app" => "'neeto apps' lists the apps you can see.",
        HttpStatusCode.Unauthorized => "Sign in with 'neeto login', or set NEETO_TOKEN.",
        _ => null,
    };
}
