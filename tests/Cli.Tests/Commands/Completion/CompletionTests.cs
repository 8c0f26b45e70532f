using System.Diagnostics;
using NeetoDeploy.Api.Contracts.Json;
using NeetoDeploy.Cli.Tests.Harness;

namespace NeetoDeploy.Cli.Tests.Commands.Completion;

/// <summary>Completion as a real shell does it: the printed script, sourced, asked for words.</summary>
public sealed class CompletionTests : IDisposable
{
    private readonly TempFolder folder = new();

    public CompletionTests()
    {
        folder.Write("neeto", $"#!/bin/sh\nexec dotnet {NeetoProcess.Assembly} \"$@\"\n");
        File.SetUnixFileMode(folder["neeto"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>bash parts words at colons, so what it is given must not repeat what stands before the last.</summary>
    [Theory]
    [InlineData("neeto ps:s", "scale stop", "neeto", "ps", ":", "s")]
    [InlineData("neeto ps:", "restart scale stop", "neeto", "ps", ":", "")]
    [InlineData("neeto rol", "rollback", "neeto", "rol")]
    [InlineData("neeto conf", "config config:get config:set config:unset", "neeto", "conf")]
    [InlineData("neeto logs --ta", "--tail", "neeto", "logs", "--ta")]
    [InlineData("neeto completion f", "fish", "neeto", "completion", "f")]
    public async Task Bash_completes(string typed, string found, params string[] words)
    {
        var script = (await new Neeto().RunAsync("completion", "bash")).Output;
        folder.Write(
            "ask",
            $"""
            {script}
            COMP_LINE='{typed}'
            COMP_POINT={typed.Length}
            COMP_WORDS=({string.Join(' ', words.Select(word => $"'{word}'"))})
            COMP_CWORD={words.Length - 1}
            _neeto
            printf '%s\n' "$(complete -p neeto)" "{"${COMPREPLY[@]}"}"
            """
        );

        var answer = await AskAsync("bash", Variables(), "--norc", folder["ask"]);

        Assert.Equal(["complete -F _neeto neeto", .. found.Split(' ')], [answer[0], .. answer.Skip(1).Order(StringComparer.Ordinal)]);
    }

    /// <summary>A person types into the shell itself.</summary>
    [Theory]
    [InlineData("bash --norc -i", "neeto rol\t", "neeto rollback")]
    [InlineData("bash --norc -i", "true; neeto ps:s\t\t", "scale  stop")]
    [InlineData("bash --norc -i", "neeto info -a sh\t", "neeto info -a shop")]
    [InlineData("zsh -f -i", "neeto rol\t", "neeto rollback")]
    [InlineData("zsh -f -i", "true; neeto ps:s\t\t", "ps:scale  ps:stop")]
    [InlineData("zsh -f -i", "neeto info -a sh\t", "neeto info -a shop")]
    public async Task A_shell_completes_what_is_typed(string shell, string keys, string shown)
    {
        await using var edge = await ScriptedEdge.StartAsync();
        edge.On("GET /apps", [Examples.App("shop"), Examples.App("blog")], ApiJson.Default.AppResourceArray);
        var name = shell.Split(' ')[0];
        folder.Write("completion", (await new Neeto().RunAsync("completion", name)).Output);
        using var session = ShellSession.Start(shell, folder.Path, Variables(edge));

        // Parted by quotes, so that what is typed does not look like what it prints.
        await session.TypeAsync("source ./completion; echo rea''dy\n", "ready");
        await session.TypeAsync(keys, shown);
    }

    [Theory]
    [InlineData("neeto rol", "rollback")]
    [InlineData("true; neeto ps:s", "ps:scale ps:stop")]
    [InlineData("neeto logs --ta", "--tail")]
    [InlineData("neeto info -a ", "blog shop")]
    [InlineData("neeto info --app sh", "shop")]
    public async Task Fish_completes(string typed, string found)
    {
        await using var edge = await ScriptedEdge.StartAsync();
        edge.On("GET /apps", [Examples.App("shop"), Examples.App("blog")], ApiJson.Default.AppResourceArray);
        folder.Write("completion", (await new Neeto().RunAsync("completion", "fish")).Output);

        // Nobody waits long for names, and a busy machine may be too slow for that: then one presses the key again.
        string[] answer = [];
        for (var tries = 0; answer.Length == 0 && tries < 5; tries++)
            answer =
            [
                .. await AskAsync("fish", Variables(edge), "--no-config", "--command", $"source ./completion; complete -C '{typed}'"),
            ];

        Assert.Equal(found.Split(' '), answer.Select(line => line.Split('\t')[0]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Nobody_waits_for_names_that_do_not_come()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        edge.On("GET /apps", http => Task.Delay(Timeout.Infinite, http.RequestAborted));

        Assert.Equal((0, ""), await SuggestAsync(Neeto.SignedIn(edge)));
        Assert.Equal((0, ""), await SuggestAsync(new Neeto()));
    }

    [Fact]
    public async Task A_shell_that_is_not_known_is_a_usage_error()
    {
        var result = await new Neeto().RunAsync("completion", "tcsh");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("'tcsh'", result.Error, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private static async Task<(int ExitCode, string Names)> SuggestAsync(Neeto neeto)
    {
        var result = await neeto.RunAsync("[suggest:16]", "neeto info -a sh");
        return (result.ExitCode, result.Output.Trim());
    }

    private Dictionary<string, string> Variables(ScriptedEdge? edge = null) =>
        new()
        {
            ["PATH"] = $"{folder.Path}:{Environment.GetEnvironmentVariable("PATH")}",
            ["HOME"] = folder.Path,
            ["NEETO_URL"] = edge?.Url ?? "",
            ["NEETO_TOKEN"] = edge is null ? "" : Neeto.Token,
        };

    private async Task<string[]> AskAsync(string program, Dictionary<string, string> variables, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, WorkingDirectory = folder.Path };
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        using var shell = Process.Start(start)!;
        var output = await shell.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
