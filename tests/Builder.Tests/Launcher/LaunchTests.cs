namespace NeetoDeploy.Builder.Tests.Launcher;

public sealed class LaunchTests : IDisposable
{
    private const string Web = "[[processes]]\ntype = \"web\"\ncommand = [\"echo shell on $PORT in $PWD\"]\nbuildpack-id = \"old/one\"\n";

    private const string Direct =
        "[[processes]]\ntype = \"direct\"\ncommand = [\"printf\", \"<%s>\"]\nargs = [\"$HOME\", \"a b\"]\ndirect = true\nbuildpack-id = \"new/two\"\n";

    private readonly LauncherFixture fixture = new();

    [Fact]
    public async Task The_name_it_is_called_by_is_the_process_and_bash_expands_its_line()
    {
        fixture.Metadata(Web).Environment["PORT"] = "5123";

        Assert.Equal((0, $"shell on 5123 in {fixture.At("app")}\n", ""), await fixture.RunAsync("web"));
    }

    [Fact]
    public async Task A_direct_process_is_expanded_by_nobody() =>
        Assert.Equal((0, "<$HOME><a b>", ""), await fixture.Metadata(Direct).RunAsync("direct"));

    [Fact]
    public async Task A_user_s_arguments_replace_a_direct_process_s_arguments() =>
        Assert.Equal((0, "<mine>", ""), await fixture.Metadata(Direct).RunAsync("direct", "mine"));

    [Fact]
    public async Task Another_command_runs_in_bash() =>
        Assert.Equal((0, "x\n", ""), await fixture.Metadata(Web).RunAsync("launcher", "A=x; echo $A"));

    [Theory]
    [InlineData("$A;b", "<one two;b>")]
    [InlineData("a  b", "<a  b>")]
    [InlineData("", "<>")]
    public async Task Variables_in_further_words_of_a_command_are_expanded_and_each_stays_one_word(string word, string output)
    {
        fixture.Metadata(Web).Environment["A"] = "one two";

        Assert.Equal((0, output, ""), await fixture.RunAsync("launcher", "printf", "<%s>", word));
    }

    [Fact]
    public async Task Arguments_of_a_process_with_a_shell_are_expanded_and_a_user_s_are_added()
    {
        const string Old =
            "[[processes]]\ntype = \"old\"\ncommand = \"printf\"\nargs = [\"<%s>\", \"$A\"]\ndirect = false\nbuildpack-id = \"old/one\"\n";
        fixture.Metadata(Old).Environment["A"] = "one two";

        Assert.Equal((0, "<one two><$B>", ""), await fixture.RunAsync("old", "\\$B"));
    }

    [Theory]
    [InlineData("exec-env = [\"test\", \"ci\"]", "", 82)]
    [InlineData("exec-env = [\"test\", \"ci\"]", "ci", 0)]
    [InlineData("exec-env = [\"*\"]", "ci", 0)]
    [InlineData("", "ci", 0)]
    public async Task A_process_starts_only_in_an_execution_environment_that_it_is_for(string declared, string environment, int exitCode)
    {
        fixture.Metadata(Web + declared + "\n");
        if (environment.Length > 0)
            fixture.Environment["CNB_EXEC_ENV"] = environment;

        var run = await fixture.RunAsync("web");

        Assert.Equal(exitCode, run.ExitCode);
        if (exitCode != 0)
            Assert.Contains("'web' is for test, ci only, and CNB_EXEC_ENV is production", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.99", "", 11)]
    [InlineData("0.15", "", 0)]
    [InlineData("0.15", "[[buildpacks]]\nid = \"future\"\napi = \"0.99\"\n", 12)]
    public async Task A_version_of_an_API_that_it_does_not_speak_has_an_exit_code_of_its_own(
        string platform,
        string buildpack,
        int exitCode
    )
    {
        fixture.Metadata(buildpack + Web).Environment["CNB_PLATFORM_API"] = platform;

        Assert.Equal(exitCode, (await fixture.RunAsync("web")).ExitCode);
    }

    [Fact]
    public async Task After_two_hyphens_a_command_runs_without_bash() =>
        Assert.Equal((0, "$A\n", ""), await fixture.Metadata(Web).RunAsync("launcher", "--", "echo", "$A"));

    [Fact]
    public async Task The_exit_code_is_the_command_s() =>
        Assert.Equal(7, (await fixture.Metadata(Web).RunAsync("launcher", "exit 7")).ExitCode);

    [Theory]
    [InlineData("launcher", "no default process")]
    [InlineData("launcher -- /no/such/program", "cannot run '/no/such/program'")]
    [InlineData("launcher --", "no command after '--'")]
    public async Task What_cannot_be_started_is_exit_code_82_and_a_sentence(string words, string sentence)
    {
        var parts = words.Split(' ');

        var run = await fixture.Metadata(Web).RunAsync(parts[0], parts[1..]);

        Assert.Equal(82, run.ExitCode);
        Assert.Contains(sentence, run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signal_reaches_the_app_itself()
    {
        fixture.Metadata("[[processes]]\ntype = \"web\"\ncommand = [\"./serve\"]\nbuildpack-id = \"old/one\"\n");
        fixture.Write("app/.profile", "export FROM_PROFILE=yes\n");
        fixture.Write(
            "app/serve",
            "#!/usr/bin/env bash\ntrap 'echo told to stop; exit 5' TERM\necho $$\nwhile true; do sleep 0.1; done\n",
            executable: true
        );
        using var process = fixture.Start("web");
        var id = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);

        Assert.Equal($"{process.Id}", id);
        using var kill = System.Diagnostics.Process.Start("kill", ["-TERM", id!]);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(5, process.ExitCode);
        Assert.Equal("told to stop\n", await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_broken_pipe_ends_a_process_silently_as_it_does_without_the_launcher()
    {
        var run = await fixture.Metadata(Web).RunAsync("launcher", "yes | head -n 1; echo ${PIPESTATUS[0]}");

        Assert.Equal((0, "y\n141\n", ""), run);
    }

    public void Dispose() => fixture.Dispose();
}
