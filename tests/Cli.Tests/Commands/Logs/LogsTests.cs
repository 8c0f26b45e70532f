using Microsoft.AspNetCore.Http;
using NeetoDeploy.Api.Contracts.Errors;
using NeetoDeploy.Api.Contracts.Json;
using NeetoDeploy.Api.Contracts.Logs;
using NeetoDeploy.Cli.Tests.Harness;

namespace NeetoDeploy.Cli.Tests.Commands.Logs;

public sealed class LogsTests
{
    private const string First = "2026-01-31T12:00:00.000000+00:00 app[web.1]: listening";
    private const string Second = "2026-01-31T12:00:01.000000+00:00 heroku[router]: at=info";

    [Fact]
    public async Task Logs_shows_the_newest_lines_and_ends()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        Session(edge, "/log").On("GET /log", Events((1, First), (2, Second)));

        (await Neeto.RunAsync(edge, "logs", "-a", "shop", "-n", "2", "--dyno", "web.1", "--source", "app")).Shows($"{First}\n{Second}");

        Assert.Equal(
            """{"dyno":"web.1","dyno_name":null,"type":null,"lines":2,"source":"app","tail":false}""",
            edge.Single("POST /apps/shop/log-sessions").Text
        );
    }

    [Fact]
    public async Task The_logs_URL_does_not_get_the_token()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        Session(edge, "/log").On("GET /log", Events((1, First)));

        await Neeto.RunAsync(edge, "logs", "-a", "shop");

        Assert.Null(edge.Single("GET /log").Header("Authorization"));
        Assert.Equal("text/event-stream", edge.Single("GET /log").Header("Accept"));
    }

    [Fact]
    public async Task Json_is_an_object_a_line()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        Session(edge, "/log").On("GET /log", Events((1, First), (2, "free text")));

        (await Neeto.RunAsync(edge, "logs", "-a", "shop", "--json")).Shows(
            """
            {"time":"2026-01-31T12:00:00.000000+00:00","source":"app","process":"web.1","message":"listening"}
            {"time":null,"source":null,"process":null,"message":"free text"}
            """
        );
    }

    [Fact]
    public async Task What_an_app_wrote_cannot_steer_the_terminal()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        Session(edge, "/log").On("GET /log", Events((1, "\e[31mred\e[0m \e[2J\a\e]52;c;eA==\a")));

        Assert.Equal("red [2J]52;c;eA==\n", (await Neeto.RunAsync(edge, "logs", "-a", "shop")).Output);
        Assert.Equal(
            "\e[31mred\e[0m [2J]52;c;eA==\n",
            (await Neeto.SignedIn(edge, isTerminal: true).RunAsync("logs", "-a", "shop")).Output
        );
    }

    [Fact]
    public async Task NO_COLOR_takes_apps_colours_away_too()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        Session(edge, "/log").On("GET /log", Events((1, "\e[31mred\e[0m")));
        var neeto = Neeto.SignedIn(edge, isTerminal: true);
        neeto.Variables["NO_COLOR"] = "1";

        Assert.Equal("red\n", (await neeto.RunAsync("logs", "-a", "shop")).Output);
    }

    [Fact]
    public async Task Tail_goes_on_after_the_last_line_when_the_connection_breaks()
    {
        using var stop = new CancellationTokenSource();
        await using var edge = await ScriptedEdge.StartAsync();
        Session(edge, "/log")
            .On("GET /log", ScriptedEdge.Broken(Text((41, First)) + "id: 42\ndata: cut o"))
            .On("GET /log", Events((42, Second)))
            .On("GET /log", Stopping(stop));

        var result = await Neeto.SignedIn(edge).RunAsync(["logs", "-a", "shop", "--tail"], stop.Token);

        Assert.Equal($"{First}\n{Second}\n", result.Output);
        Assert.Equal(130, result.ExitCode);
        Assert.Equal(
            [null, "41", "42"],
            edge.Requests.Where(request => request.Line == "GET /log").Select(request => request.Header("Last-Event-ID"))
        );
        Assert.Single(edge.Requests, request => request.Line == "POST /apps/shop/log-sessions");
    }

    [Fact]
    public async Task An_installation_that_restarts_is_waited_for()
    {
        using var stop = new CancellationTokenSource();
        await using var edge = await ScriptedEdge.StartAsync();
        Session(edge, "/log")
            .On("GET /log", Events((1, First)))
            .On("GET /log", 503, "")
            .On("GET /log", Events((2, Second)))
            .On("GET /log", Stopping(stop));

        var result = await Neeto.SignedIn(edge).RunAsync(["logs", "-a", "shop", "--tail"], stop.Token);

        Assert.Equal($"{First}\n{Second}\n", result.Output);
    }

    [Fact]
    public async Task A_session_that_has_expired_is_followed_by_one_that_goes_on_where_it_was()
    {
        using var stop = new CancellationTokenSource();
        await using var edge = await ScriptedEdge.StartAsync();
        Session(Session(edge, "/old"), "/new")
            .On("GET /old", Events((7, First)))
            .On("GET /old", 404, "{}")
            .On("GET /new", Events((8, Second)))
            .On("GET /new", Stopping(stop));

        var result = await Neeto.SignedIn(edge).RunAsync(["logs", "-a", "shop", "--tail"], stop.Token);

        Assert.Equal($"{First}\n{Second}\n", result.Output);
        Assert.Equal("7", edge.Requests.First(request => request.Line == "GET /new").Header("Last-Event-ID"));
    }

    [Fact]
    public async Task A_session_that_never_opens_is_an_error_and_no_loop()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        Session(edge, "/log").Refuse("GET /log", 404, new ErrorResource("not_found", "The log session has expired."));

        (await Neeto.RunAsync(edge, "logs", "-a", "shop", "--tail")).Fails(
            3,
            """
            Error: The installation answered 404 to a URL that it had given.
            Such URLs serve for a limited time: run the command again.
            """
        );
    }

    private static ScriptedEdge Session(ScriptedEdge edge, string path) =>
        edge.On(
            "POST /apps/shop/log-sessions",
            new LogSessionResource(Examples.Noon, Examples.Id(20), $"{edge.Url}{path}", Examples.Noon),
            ApiJson.Default.LogSessionResource,
            201
        );

    private static RequestDelegate Events(params (int Id, string Line)[] lines) => http => http.Response.WriteAsync($":\n\n{Text(lines)}");

    /// <summary>The user presses Ctrl-C while nothing comes.</summary>
    private static RequestDelegate Stopping(CancellationTokenSource stop) => http => stop.CancelAsync();

    private static string Text(params (int Id, string Line)[] lines) =>
        string.Concat(lines.Select(line => $"id: {line.Id}\ndata: {line.Line}\n\n"));
}
