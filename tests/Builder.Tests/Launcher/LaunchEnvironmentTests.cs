namespace NeetoDeploy.Builder.Tests.Launcher;

public sealed class LaunchEnvironmentTests : IDisposable
{
    private const string Processes =
        "[[processes]]\ntype = \"web\"\ncommand = [\"env; echo profiles=$PROFILES\"]\nbuildpack-id = \"old/one\"\n"
        + "[[processes]]\ntype = \"worker\"\ncommand = [\"env\"]\nbuildpack-id = \"old/one\"\n";

    private readonly LauncherFixture fixture = new();

    [Fact]
    public async Task Layers_add_to_the_environment_in_the_order_in_which_they_were_made()
    {
        fixture.Metadata(Processes);
        Directory.CreateDirectory(fixture.At("layers/old_one/b/bin"));
        Directory.CreateDirectory(fixture.At("layers/new_two/a/bin"));
        fixture.Write("layers/old_one/b/env/WORD", "one").Write("layers/new_two/a/env.launch/WORD.append", "-two");
        fixture.Write("layers/new_two/a/env.build/WORD", "build").Write("layers/old_one/b/env.launch/USERS.default", "layer");
        fixture.Environment["USERS"] = "config";

        var lines = await LinesAsync("web");

        Assert.Contains("WORD=one-two", lines);
        Assert.Contains("USERS=config", lines);
        Assert.StartsWith(
            $"PATH={fixture.At("layers/new_two/a/bin")}:{fixture.At("layers/old_one/b/bin")}:",
            lines.Single(l => l.StartsWith("PATH=", StringComparison.Ordinal)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_launcher_s_own_variables_and_paths_are_gone()
    {
        fixture.Environment["CNB_STACK_ID"] = "neeto-12";
        fixture.Environment["CNB_PLATFORM_API"] = "0.15";

        var lines = await LinesAsync("web");

        // What the base image says is the app's to know.
        Assert.Equal(["CNB_STACK_ID=neeto-12"], lines.Where(l => l.StartsWith("CNB_", StringComparison.Ordinal)));
        Assert.DoesNotContain("/cnb/", lines.Single(l => l.StartsWith("PATH=", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_buildpack_s_search_paths_are_there_before_its_environment_folders_act()
    {
        Directory.CreateDirectory(fixture.At("layers/old_one/b/bin"));
        fixture.Write("layers/old_one/a/env/PATH.prepend", "/first:");

        Assert.StartsWith(
            $"PATH=/first:{fixture.At("layers/old_one/b/bin")}:",
            (await LinesAsync("web")).Single(l => l.StartsWith("PATH=", StringComparison.Ordinal)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Programs_and_scripts_begin_in_the_app_s_folder_and_the_process_in_its_own()
    {
        Directory.CreateDirectory(fixture.At("app/inner"));
        fixture.Write("layers/new_two/a/exec.d/vars", "#!/usr/bin/env bash\necho \"EXEC_IN = '$PWD'\" >&3\n", executable: true);
        fixture.Write("app/.profile", "export PROFILE_IN=$PWD");
        fixture.Metadata(
            "[[processes]]\ntype = \"web\"\ncommand = [\"echo $EXEC_IN $PROFILE_IN $PWD\"]\nworking-dir = \"inner\"\nbuildpack-id = \"old/one\"\n"
        );

        Assert.Equal($"{fixture.At("app")} {fixture.At("app")} {fixture.At("app/inner")}\n", (await fixture.RunAsync("web")).Output);
    }

    [Fact]
    public async Task A_folder_for_a_process_type_is_for_that_type_only()
    {
        fixture.Write("layers/old_one/a/env.launch/worker/ONLY", "worker");

        Assert.Contains("ONLY=worker", await LinesAsync("worker"));
        Assert.DoesNotContain("ONLY=worker", await LinesAsync("web"));
    }

    [Fact]
    public async Task Profile_scripts_are_read_in_order_and_the_app_s_last()
    {
        fixture.Write("layers/old_one/a/profile.d/1.sh", "PROFILES=a; set -- changed");
        fixture.Write("layers/old_one/a/profile.d/web/2.sh", "PROFILES+=b");
        fixture.Write("layers/old_one/a/profile.d/worker/2.sh", "PROFILES+=w");
        fixture.Write("app/.profile", "export PROFILES+=c");

        Assert.Contains("profiles=abc", await LinesAsync("web"));
    }

    [Fact]
    public async Task A_program_in_exec_d_adds_variables_by_its_third_descriptor()
    {
        const string Program = "#!/usr/bin/env bash\necho not this\necho \"FROM_EXEC = \\\"$SEEN and 'quotes'\\\"\" >&3\n";
        fixture.Write("layers/old_one/a/env/SEEN", "seen").Write("layers/new_two/a/exec.d/vars", Program, executable: true);

        Assert.Contains("FROM_EXEC=seen and 'quotes'", await LinesAsync("web"));
    }

    [Fact]
    public async Task A_failing_program_in_exec_d_stops_the_launch()
    {
        fixture.Metadata(Processes).Write("layers/new_two/a/exec.d/vars", "#!/usr/bin/env bash\nexit 3\n", executable: true);

        var run = await fixture.RunAsync("web");

        Assert.Equal(82, run.ExitCode);
        Assert.Contains("exited with 3", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("shell")]
    [InlineData("direct")]
    public async Task Classic_profile_scripts_are_read_before_every_process_by_name_and_before_the_app_s_own(string kind)
    {
        const string Seen = "echo $FROM_FIRST $FROM_OWN";
        fixture
            .Write("app/.profile.d/a.sh", "export FROM_FIRST=first\n")
            .Write("app/.profile.d/b.sh", "export FROM_FIRST=$FROM_FIRST,second\n")
            .Write("app/.profile.d/notes.txt", "exit 9\n")
            .Write("app/.profile", "export FROM_OWN=after-$FROM_FIRST\n");
        fixture.Metadata(
            $"[[processes]]\ntype = \"shell\"\ncommand = [\"{Seen}\"]\nbuildpack-id = \"old/one\"\n"
                + $"[[processes]]\ntype = \"direct\"\ncommand = [\"bash\", \"-c\", \"{Seen}\"]\ndirect = true\nbuildpack-id = \"new/two\"\n"
        );

        var run = await fixture.RunAsync(kind);

        Assert.Equal(kind == "shell" ? "first,second after-first,second\n" : "first,second\n", run.Output);
    }

    public void Dispose() => fixture.Dispose();

    private async Task<string[]> LinesAsync(string process)
    {
        var run = await fixture.Metadata(Processes).RunAsync(process);
        Assert.True(run.ExitCode == 0, run.Errors);
        return run.Output.Split('\n');
    }
}
