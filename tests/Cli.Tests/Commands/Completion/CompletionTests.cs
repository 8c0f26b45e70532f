using System.Diagnostics;
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
        folder.Write("ask", $"""
            {script}
            COMP_LINE='{typed}'
            COMP_POINT={typed.Length}
            COMP_WORDS=({string.Join(' ', words.Select(word => $"'{word}'"))})
            COMP_CWORD={words.Length - 1}
            _neeto
            printf '%s\n' "$(complete -p neeto)" "{"${COMPREPLY[@]}"}"
            """);

        var answer = await AskAsync("bash", "--norc", folder["ask"]);

        Assert.Equal(["complete -F _neeto neeto", .. found.Split(' ')], [answer[0], .. answer.Skip(1).Order(StringComparer.Ordinal)]);
    }

    [Theory]
    [InlineData("zsh", "compdef _neeto neeto")]
    [InlineData("fish", "complete -f -c neeto")]
    public async Task Other_shells_have_a_script_too(string shell, string part)
    {
        var result = await new Neeto().RunAsync("completion", shell);

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains(part, result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_shell_that_is_not_known_is_a_usage_error()
    {
        var result = await new Neeto().RunAsync("completion", "tcsh");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("'tcsh'", result.Error, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private async Task<string[]> AskAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, WorkingDirectory = folder.Path };
        start.Environment["PATH"] = $"{folder.Path}:{start.Environment["PATH"]}";
        using var shell = Process.Start(start)!;
        var output = await shell.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
