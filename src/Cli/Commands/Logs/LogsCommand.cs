using System.CommandLine;
using System.Net;
using NeetoDeploy.Api.Contracts.Json;
using NeetoDeploy.Api.Contracts.Logs;
using NeetoDeploy.Cli.Http;
using NeetoDeploy.Cli.Output;

namespace NeetoDeploy.Cli.Commands.Logs;

/// <summary><c>logs</c></summary>
internal sealed class LogsCommand : AppCommand
{
    private readonly Option<bool> tail = new("--tail", "-t") { Arity = ArgumentArity.Zero, Description = "Go on with lines as they come." };
    private readonly Option<int> count = Count.Option(unasked: 100, most: 1500);
    private readonly Option<string?> dyno = new("--dyno", "-d") { Description = "web.1, or web for all of the type." };
    private readonly Option<string?> source = new("--source", "-s") { Description = "app or heroku." };

    public LogsCommand()
        : base("logs", "Shows the log, and follows it with --tail.")
    {
        Add(tail);
        Add(count);
        Add(dyno);
        Add(source);
    }

    protected override async Task<int> ExecuteAsync(Invocation call, AppPath app, CancellationToken cancel)
    {
        using var reading = call.WhileRead(cancel);
        return await FollowAsync(call, app, reading.Token);
    }

    private async Task<int> FollowAsync(Invocation call, AppPath app, CancellationToken cancel)
    {
        var events = new EventStream(call.Streams, call.Around.Time);
        var lines = call.Get(count);
        while (true)
        {
            var session = await OpenAsync(call, app, lines, cancel);
            var connections = events.Connections;
            try
            {
                await foreach (var line in events.ReadAsync(new Uri(session.LogplexUrl), call.Get(tail), cancel))
                    await WriteAsync(call, line, cancel);
                return ExitCode.Ok;
            }
            catch (HttpRequestException e)
                when (events.Connections > connections && e.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone)
            {
                // The session has ended, as each does after an hour; the next one begins where it was.
                lines = events.LastId is null ? lines : 0;
            }
        }
    }

    private Task<LogSessionResource> OpenAsync(Invocation call, AppPath app, int lines, CancellationToken cancel) =>
        call.Api.SendAsync(
            HttpMethod.Post,
            app.To("/log-sessions"),
            new CreateLogSessionRequest(Dyno: call.Get(dyno), Lines: lines, Source: call.Get(source), Tail: call.Get(tail)),
            ApiJson.Default.CreateLogSessionRequest,
            ApiJson.Default.LogSessionResource,
            cancel
        );

    /// <summary>Each line at once: whoever follows a log waits for it.</summary>
    private static async Task WriteAsync(Invocation call, string line, CancellationToken cancel)
    {
        if (call.Json)
            await call.Screen.Output.WriteLineAsync(LogJson.Line(line).AsMemory(), cancel);
        else
            await call.Screen.Output.WriteLineAsync(ForeignText.Clean(line, call.Screen.HasColours).AsMemory(), cancel);
        await call.Screen.Output.FlushAsync(cancel);
    }
}
