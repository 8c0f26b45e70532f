namespace NeetoDeploy.Builder.Tests.Lifecycle;

public sealed class BuildTests : IDisposable
{
    private readonly LifecycleFixture fixture = new();

    [Fact]
    public async Task A_buildpack_is_told_where_it_is_and_nothing_of_the_builder_s_own_environment()
    {
        fixture.Environment["BUILDER_SECRET"] = "hidden";
        fixture.Environment["HTTPS_PROXY"] = "proxy";
        fixture.Write("platform/env/CONFIG_VAR", "line one\nline two");

        (
            await fixture
                .Buildpack("a", build: "env > \"$1/env.txt\"; printf %s \"$CONFIG_VAR\" > \"$1/var.txt\"; pwd > \"$1/pwd.txt\"")
                .Order("a")
                .RunAsync()
        ).Expect(0);

        var environment = fixture.Read("layers/a/env.txt");
        Assert.DoesNotContain("BUILDER_SECRET", environment, StringComparison.Ordinal);
        Assert.Contains("HTTPS_PROXY=proxy\n", environment, StringComparison.Ordinal);
        Assert.Contains($"CNB_LAYERS_DIR={fixture.At("layers/a")}\n", environment, StringComparison.Ordinal);
        Assert.Contains($"CNB_BUILDPACK_DIR={fixture.At("buildpacks/a/1.0.0")}\n", environment, StringComparison.Ordinal);
        Assert.Contains($"NEETO_CACHE_DIR={fixture.At("cache")}\n", environment, StringComparison.Ordinal);
        Assert.Contains("CNB_TARGET_OS=linux\n", environment, StringComparison.Ordinal);
        Assert.Equal("line one\nline two", fixture.Read("layers/a/var.txt"));
        Assert.Equal(fixture.At("app") + "\n", fixture.Read("layers/a/pwd.txt"));
        Assert.Equal(["detect", "restore", "build"], fixture.Phases());
    }

    [Fact]
    public async Task Clear_env_keeps_config_vars_out_of_a_buildpack_s_environment()
    {
        fixture.Write("platform/env/CONFIG_VAR", "x");

        (
            await fixture
                .Buildpack("a", build: "env > \"$1/env.txt\"; cat \"$2/env/CONFIG_VAR\" > /dev/null", more: "clear-env = true")
                .Order("a")
                .RunAsync()
        ).Expect(0);

        Assert.DoesNotContain("CONFIG_VAR", fixture.Read("layers/a/env.txt"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_build_layer_changes_the_environment_of_later_buildpacks_only()
    {
        fixture.Buildpack(
            "a",
            build: """
            mkdir -p "$1/tools/bin" "$1/tools/env.build" "$1/tools/env.launch" "$1/hidden/bin"
            printf from-a > "$1/tools/env.build/FROM_A"
            printf launch > "$1/tools/env.launch/AT_LAUNCH"
            printf '[types]\nbuild = true\n' > "$1/tools.toml"
            printf '[types]\nlaunch = true\n' > "$1/hidden.toml"
            [[ -z "${FROM_A:-}" ]]
            """
        );
        fixture.Buildpack("b", build: "env > \"$1/env.txt\"");

        (await fixture.Order("a b").RunAsync()).Expect(0);

        var environment = fixture.Read("layers/b/env.txt");
        Assert.Contains("FROM_A=from-a\n", environment, StringComparison.Ordinal);
        Assert.Contains($"PATH={fixture.At("layers/a/tools/bin")}:", environment, StringComparison.Ordinal);
        Assert.DoesNotContain("AT_LAUNCH", environment, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", environment, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_layer_for_nothing_is_put_aside()
    {
        (await fixture.Buildpack("a", build: "mkdir \"$1/x\"; touch \"$1/x.toml\"").Order("a").RunAsync()).Expect(0);

        Assert.False(fixture.Exists("layers/a/x"));
        Assert.True(fixture.Exists("layers/a/x.ignore"));
    }

    [Fact]
    public async Task Requirements_reach_the_first_provider_and_those_it_leaves_reach_the_next()
    {
        const string Provide = "printf '[[provides]]\\nname = \"x\"\\n[[provides]]\\nname = \"y\"\\n' > \"$2\"";
        const string Require =
            "printf '[[requires]]\\nname = \"x\"\\n[requires.metadata]\\nversion = \"1\"\\n[[requires]]\\nname = \"y\"\\n' > \"$2\"";
        fixture.Buildpack(
            "a",
            build: "cp \"$3\" \"$1/plan.txt\"; printf '[[unmet]]\\nname = \"x\"\\n' > \"$1/build.toml\"",
            detect: Provide
        );
        fixture.Buildpack("b", build: "cp \"$CNB_BP_PLAN_PATH\" \"$1/plan.txt\"", detect: Provide);
        fixture.Buildpack("c", detect: Require);

        (await fixture.Order("a b c").RunAsync()).Expect(0);

        var (first, second) = (fixture.Read("layers/a/plan.txt"), fixture.Read("layers/b/plan.txt"));
        Assert.Contains("name = \"x\"", first, StringComparison.Ordinal);
        Assert.Contains("name = \"y\"", first, StringComparison.Ordinal);
        Assert.Contains("name = \"x\"", second, StringComparison.Ordinal);
        Assert.Contains("version = \"1\"", second, StringComparison.Ordinal);
        Assert.DoesNotContain("name = \"y\"", second, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failing_buildpack_is_exit_code_51_after_its_own_words()
    {
        var run = (await fixture.Buildpack("a", build: "echo npm says no >&2; exit 3").Order("a").RunAsync()).Expect(51);

        Assert.Matches("npm says no[\\s\\S]*Buildpack a 1.0.0 failed \\(exit 3\\)", run.Errors);
        Assert.Equal(["detect", "restore", "build"], fixture.Phases());
    }

    [Fact]
    public async Task A_buildpack_without_a_program_is_exit_code_51()
    {
        fixture.Buildpack("a").Order("a");
        File.Delete(fixture.At("buildpacks/a/1.0.0/bin/build"));

        Assert.Contains("its bin/build cannot be run", (await fixture.RunAsync()).Expect(51).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_nobody_asked_for_cannot_be_left_unmet() =>
        Assert.Contains(
            "calls 'x' unmet",
            (await fixture.Buildpack("a", build: "printf '[[unmet]]\nname = \"x\"\n' > \"$1/build.toml\"").Order("a").RunAsync())
                .Expect(52)
                .Errors,
            StringComparison.Ordinal
        );

    [Fact]
    public async Task A_process_keeps_the_execution_environments_that_it_is_for()
    {
        const string Launch = "printf '[[processes]]\\ntype = \"%s\"\\ncommand = [\"x\"]\\n%s\\n' ";
        fixture
            .Buildpack(
                "a",
                api: "0.12",
                build: Launch + "a 'exec-env = [\"test\"]' > \"$1/launch.toml\"; " + Launch + "b '' >> \"$1/launch.toml\""
            )
            .Buildpack("c", api: "0.11", build: Launch + "c 'exec-env = [\"test\"]' > \"$1/launch.toml\"");

        (await fixture.Order("a c").RunAsync()).Expect(0);

        Assert.Equal(
            ["exec-env = [\"test\"]", "exec-env = [\"*\"]", "exec-env = [\"*\"]"],
            fixture.Read("layers/config/metadata.toml").Split('\n').Where(l => l.StartsWith("exec-env", StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task A_broken_launch_toml_is_exit_code_52() =>
        (await fixture.Buildpack("a", build: "echo '[[processes' > \"$1/launch.toml\"").Order("a").RunAsync()).Expect(52);

    [Fact]
    public async Task Processes_labels_and_slices_are_written_for_the_exporter()
    {
        fixture.Buildpack(
            "a",
            build: """
            cat > "$1/launch.toml" << 'TOML'
            [[labels]]
            key = "k"
            value = "v"
            [[processes]]
            type = "web"
            command = ["run", "it"]
            args = ["--now"]
            default = true
            working-dir = "/elsewhere"
            [[slices]]
            paths = ["public/*"]
            TOML
            """
        );

        (await fixture.Order("a").RunAsync()).Expect(0);

        var metadata = fixture.Read("layers/config/metadata.toml");
        foreach (
            var part in new[]
            {
                "buildpack-default-process-type = \"web\"",
                "command = [\"run\", \"it\"]",
                "args = [\"--now\"]",
                "direct = true",
                "working-dir = \"/elsewhere\"",
                "buildpack-id = \"a\"",
                "paths = [\"public/*\"]",
                "key = \"k\"",
            }
        )
        {
            Assert.Contains(part, metadata, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_operator_s_environment_is_a_default_that_an_app_may_override()
    {
        fixture.Write("build-config/env/MIRROR", "operator");
        fixture.Write("build-config/env/TUNED", "operator");
        fixture.Write("platform/env/TUNED", "app");

        (await fixture.Buildpack("a", build: "env > \"$1/env.txt\"").Order("a").RunAsync()).Expect(0);

        Assert.Contains("MIRROR=operator\n", fixture.Read("layers/a/env.txt"), StringComparison.Ordinal);
        Assert.Contains("TUNED=app\n", fixture.Read("layers/a/env.txt"), StringComparison.Ordinal);
    }

    public void Dispose() => fixture.Dispose();
}
