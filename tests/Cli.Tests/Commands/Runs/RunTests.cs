using System.Text;
using System.Text.Json;
using NeetoDeploy.Api.Contracts.Dynos;
using NeetoDeploy.Api.Contracts.Json;
using NeetoDeploy.Cli.Tests.Harness;

namespace NeetoDeploy.Cli.Tests.Commands.Runs;

public sealed class RunTests
{
    private const string Mark = "\uFFFF heroku-command-exit-status: ";

    [Fact]
    public async Task A_runs_output_and_exit_status_are_the_commands_own()
    {
        await using var dyno = ScriptedDyno.Writing("hello\n", $"{Mark}7\n");

        var (result, request) = await RunAsync(dyno, "", "ls", "-la /app");

        Assert.Equal("hello\n", Encoding.UTF8.GetString(result.Bytes));
        Assert.Equal(7, result.ExitCode);
        Assert.Equal("Running ls \"-la /app\" on shop…\n", result.Error);
        Assert.Equal("( ls \"-la /app\" ) ; echo \"\uFFFF heroku-command-exit-status: $?\"", request.Command);
        Assert.True(request is { Attach: true, ForceNoTty: true, Env: null });
    }

    [Fact]
    public async Task The_exit_marker_may_be_split_over_reads()
    {
        await using var dyno = new ScriptedDyno(async connection =>
        {
            await ScriptedDyno.GreetAsync(connection);
            foreach (var one in Encoding.UTF8.GetBytes($"grüß\r\n{Mark}3\r\n"))
                await connection.WriteAsync(new[] { one });
        });

        var (result, _) = await RunAsync(dyno, "", "true");

        Assert.Equal("grüß\r\n", Encoding.UTF8.GetString(result.Bytes));
        Assert.Equal(3, result.ExitCode);
    }

    [Fact]
    public async Task The_secret_goes_first_and_input_ends_with_byte_4()
    {
        var received = new TaskCompletionSource<(string, string)>();
        await using var dyno = new ScriptedDyno(async connection =>
        {
            received.SetResult((await ScriptedDyno.GreetAsync(connection), await ScriptedDyno.ReadUntilAsync(connection, 4)));
            await connection.WriteAsync(Encoding.UTF8.GetBytes($"{Mark}0\n"));
        });

        var (result, _) = await RunAsync(dyno, "SELECT 1;\n", "psql");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(("run-secret\r\n", "SELECT 1;\n\u0004"), await received.Task);
    }

    [Fact]
    public async Task A_connection_that_ends_without_a_status_is_a_failure()
    {
        await using var dyno = ScriptedDyno.Writing("half\n");

        var (result, _) = await RunAsync(dyno, "", "true");

        Assert.Equal("half\n", Encoding.UTF8.GetString(result.Bytes));
        Assert.Equal(1, result.ExitCode);
        Assert.EndsWith(
            "Error: The connection to the dyno ended before its exit status came.\n'neeto ps' shows whether it still runs.\n",
            result.Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_session_that_is_not_let_in_says_so()
    {
        await using var dyno = new ScriptedDyno(connection => ScriptedDyno.ReadUntilAsync(connection, (byte)'\n'));

        var (result, _) = await RunAsync(dyno, "", "true");

        Assert.Equal(1, result.ExitCode);
        Assert.EndsWith(
            "Error: The installation did not accept the session.\nRun the command again: each session is for one use.\n",
            result.Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_not_talked_to()
    {
        await using var dyno = ScriptedDyno.Writing("secret\n");
        await using var edge = await StartAsync(dyno);

        var result = await Neeto.RunAsync(edge, "run", "-a", "shop", "true");

        Assert.Equal(5, result.ExitCode);
        Assert.Contains("Error: The installation's certificate is not trusted", result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Bytes);
    }

    [Fact]
    public async Task Detached_it_says_how_to_follow()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        edge.On("POST /apps/shop/dynos", Examples.Dyno("run.4711"), ApiJson.Default.DynoResource, 201);

        (await Neeto.RunAsync(edge, "run", "-a", "shop", "--detach", "--size", "Standard-2X", "rake db:migrate")).Shows(
            "run.4711 runs; follow it: neeto logs -a shop --tail --dyno run.4711"
        );
        (await Neeto.RunAsync(edge, "run", "-a", "shop", "--detach", "--json", "true")).ShowsJson(
            JsonSerializer.Serialize(Examples.Dyno("run.4711"), ApiJson.Default.DynoResource)
        );

        Assert.Equal(
            """{"command":"rake db:migrate","attach":false,"env":null,"force_no_tty":null,"size":"Standard-2X","type":null}""",
            edge.Requests[0].Text
        );
    }

    [Theory]
    [InlineData("node --version", "run", "-a", "shop", "--detach", "--", "node", "--version")]
    [InlineData("node --version", "run", "--detach", "--app", "shop", "node", "--version")]
    [InlineData("npm run seed -- --all", "run", "--app=shop", "--detach", "npm", "run", "seed", "--", "--all")]
    [InlineData("ls -a shop", "run", "-a", "shop", "--detach", "ls", "-a", "shop")]
    public async Task Options_after_the_command_are_the_commands(string command, params string[] line)
    {
        await using var edge = await ScriptedEdge.StartAsync();
        edge.On("POST /apps/shop/dynos", Examples.Dyno("run.1"), ApiJson.Default.DynoResource, 201);

        Assert.Equal("", (await Neeto.RunAsync(edge, line)).Error);

        Assert.Equal(
            command,
            JsonSerializer.Deserialize(edge.Single("POST /apps/shop/dynos").Text, ApiJson.Default.CreateDynoRequest)!.Command
        );
    }

    private static async Task<(CliResult Result, CreateDynoRequest Request)> RunAsync(
        ScriptedDyno dyno,
        string input,
        params string[] command
    )
    {
        await using var edge = await StartAsync(dyno);
        using var bytes = new MemoryStream(Encoding.UTF8.GetBytes(input));
        var neeto = Neeto.SignedIn(edge, inputBytes: bytes);
        neeto.Variables["GIT_SSL_CAINFO"] = dyno.AuthorityFile;
        var result = await neeto.RunAsync(["run", "-a", "shop", "--", .. command]);
        return (result, JsonSerializer.Deserialize(edge.Single("POST /apps/shop/dynos").Text, ApiJson.Default.CreateDynoRequest)!);
    }

    private static async Task<ScriptedEdge> StartAsync(ScriptedDyno dyno) =>
        (await ScriptedEdge.StartAsync()).On(
            "POST /apps/shop/dynos",
            Examples.Dyno("run.1", attachUrl: dyno.Url),
            ApiJson.Default.DynoResource,
            201
        );
}
