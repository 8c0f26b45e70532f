using System.Diagnostics;
using System.Text.Json;
using NeetoDeploy.Api.Contracts.Json;
using NeetoDeploy.Cli.Tests.Harness;

namespace NeetoDeploy.Cli.Tests.Commands.Runs;

/// <summary>A run on a real pseudo-terminal.</summary>
public sealed class TerminalTests : IDisposable
{
    private readonly TempFolder folder = new();

    [Theory(Timeout = 120_000), InlineData(0), InlineData(3)]
    public async Task Keys_go_to_the_dyno_one_by_one_and_the_terminal_is_given_back_as_it_was(int status)
    {
        var begun = new TaskCompletionSource();
        var key = "";
        await using var dyno = new ScriptedDyno(async connection =>
        {
            await ScriptedDyno.GreetAsync(connection);
            begun.SetResult();
            key = await ScriptedDyno.ReadUntilAsync(connection, (byte)'q');
            await connection.WriteAsync(System.Text.Encoding.UTF8.GetBytes($"bye\r\n\uFFFF heroku-command-exit-status: {status}\r\n"));
        });
        await using var edge = await ScriptedEdge.StartAsync();
        edge.On("POST /apps/shop/dynos", Examples.Dyno("run.1", attachUrl: dyno.Url), ApiJson.Default.DynoResource, 201);
        using var terminal = Start(edge, dyno);
        var written = terminal.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);

        await Task.WhenAny(begun.Task, written);
        // No line end: a terminal that is not raw would keep it, and Ctrl-C would end us.
        await terminal.StandardInput.WriteAsync("\u0003q");
        await terminal.StandardInput.FlushAsync(TestContext.Current.CancellationToken);

        var output = await written;
        Assert.Contains($"bye\r\nended {status}, settings kept\r\n", output, StringComparison.Ordinal);
        Assert.Equal("\u0003q", key);
        var request = JsonSerializer.Deserialize(edge.Single("POST /apps/shop/dynos").Text, ApiJson.Default.CreateDynoRequest)!;
        Assert.Null(request.ForceNoTty);
        Assert.Equal(("xterm-256color", "100", "30"), (request.Env!["TERM"], request.Env["COLUMNS"], request.Env["LINES"]));
    }

    public void Dispose() => folder.Dispose();

    private Process Start(ScriptedEdge edge, ScriptedDyno dyno)
    {
        folder.Write(
            "session",
            $"""
            #!/bin/sh
            stty cols 100 rows 30
            before=$(stty -g)
            dotnet '{NeetoProcess.Assembly}' run -a shop top
            code=$?
            [ "$before" = "$(stty -g)" ] && echo "ended $code, settings kept"

            """
        );
        File.SetUnixFileMode(folder["session"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var start = new ProcessStartInfo("script", ["--quiet", "--command", folder["session"], "/dev/null"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        (start.Environment["NEETO_URL"], start.Environment["NEETO_TOKEN"]) = (edge.Url, Neeto.Token);
        (start.Environment["GIT_SSL_CAINFO"], start.Environment["TERM"], start.Environment["SHELL"]) = (
            dyno.AuthorityFile,
            "xterm-256color",
            "/bin/sh"
        );
        return Process.Start(start)!;
    }
}
