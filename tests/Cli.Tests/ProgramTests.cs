using Microsoft.AspNetCore.Http;
using NeetoDeploy.Api.Contracts.Json;
using NeetoDeploy.Api.Contracts.Logs;
using NeetoDeploy.Cli.Tests.Harness;

namespace NeetoDeploy.Cli.Tests;

/// <summary>The CLI as a process.</summary>
public sealed class ProgramTests : IDisposable
{
    private readonly TempFolder home = new();

    [Fact]
    public async Task A_token_from_a_pipe_signs_in_for_the_next_process()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        edge.On("GET /account", Examples.Account(), ApiJson.Default.AccountResource);

        (await NeetoProcess.RunAsync(Home, "secret\n", "login", "--url", edge.Url, "--token-stdin")).Shows(
            $"Signed in to {edge.Url} as ann@example.com."
        );
        (await NeetoProcess.RunAsync(Home, "", "whoami")).Shows("ann@example.com");
    }

    [Fact]
    public async Task Exit_codes_reach_the_shell_and_pipes_get_plain_text()
    {
        (await NeetoProcess.RunAsync(Home, "", "ps:scal")).Fails(2, "Error: There is no command 'ps:scal'.\nDid you mean ps:scale?");
        (await NeetoProcess.RunAsync(Home, "", "apps")).Fails(
            4,
            "Error: Not signed in to an installation.\nStart one on this machine with 'neeto up', or sign in to another with 'neeto login'."
        );
    }

    [Fact]
    public async Task Ctrl_C_ends_a_followed_log_with_130()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        OneLine(edge);
        using var neeto = NeetoProcess.Start(SignedIn(edge), "logs", "-a", "shop", "--tail");
        Assert.Equal("one line", await neeto.Output.ReadLineAsync(TestContext.Current.CancellationToken));

        await neeto.InterruptAsync();

        var result = await neeto.EndAsync();
        Assert.Equal((130, "", ""), (result.ExitCode, result.Output, result.Error));
    }

    /// <summary>As in <c>neeto logs --tail | head -1</c>, on an app that says nothing more.</summary>
    [Fact]
    public async Task A_followed_log_ends_quietly_with_its_last_reader()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        OneLine(edge);
        using var neeto = NeetoProcess.Start(SignedIn(edge), "logs", "-a", "shop", "--tail");
        Assert.Equal("one line", await neeto.Output.ReadLineAsync(TestContext.Current.CancellationToken));

        neeto.StopReading();

        Assert.Equal((141, ""), await neeto.EndUnreadAsync());
    }

    [Fact]
    public async Task A_run_is_a_filter_between_pipes()
    {
        await using var dyno = new ScriptedDyno(async connection =>
        {
            await ScriptedDyno.GreetAsync(connection);
            var input = await ScriptedDyno.ReadUntilAsync(connection, 4);
            await connection.WriteAsync(
                System.Text.Encoding.UTF8.GetBytes($"{input.Length - 1} bytes\n\uFFFF heroku-command-exit-status: 42\n")
            );
        });
        await using var edge = await ScriptedEdge.StartAsync();
        edge.On("POST /apps/shop/dynos", Examples.Dyno("run.1", attachUrl: dyno.Url), ApiJson.Default.DynoResource, 201);
        var variables = SignedIn(edge);
        variables["GIT_SSL_CAINFO"] = dyno.AuthorityFile;

        var result = await NeetoProcess.RunAsync(variables, new string('x', 100_000), "run", "-a", "shop", "wc", "-c");

        Assert.Equal((42, "100000 bytes\n", "Running wc -c on shop…\n"), (result.ExitCode, result.Output, result.Error));
    }

    public void Dispose() => home.Dispose();

    private static void OneLine(ScriptedEdge edge)
    {
        var session = new LogSessionResource(Examples.Noon, Examples.Id(20), $"{edge.Url}/log", Examples.Noon);
        edge.On("POST /apps/shop/log-sessions", session, ApiJson.Default.LogSessionResource);
        edge.On(
            "GET /log",
            async http =>
            {
                await http.Response.WriteAsync("id: 1\ndata: one line\n\n");
                await http.Response.Body.FlushAsync();
                // Until the client hangs up.
                await Task.Delay(Timeout.Infinite, http.RequestAborted);
            }
        );
    }

    private Dictionary<string, string> Home => new() { ["XDG_CONFIG_HOME"] = home.Path };

    private Dictionary<string, string> SignedIn(ScriptedEdge edge) =>
        new()
        {
            ["XDG_CONFIG_HOME"] = home.Path,
            ["NEETO_URL"] = edge.Url,
            ["NEETO_TOKEN"] = Neeto.Token,
        };
}
