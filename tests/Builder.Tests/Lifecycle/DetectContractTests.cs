namespace NeetoDeploy.Builder.Tests.Lifecycle;

/// <summary>What buildpacks are told while they look at an app, and which of them are asked at all.</summary>
public sealed class DetectContractTests : IDisposable
{
    private const string Target = """
        [run-image]
        reference = "registry/run@sha256:1"
        [run-image.target]
        os = "linux"
        arch = "arm"
        variant = "v8"
        [run-image.target.distro]
        name = "debian"
        version = "12"
        """;

    private readonly LifecycleFixture fixture = new();

    [Theory]
    [InlineData("", 0)]
    [InlineData("[[targets]]", 0)]
    [InlineData("[[targets]]\nos = \"linux\"\narch = \"arm\"", 0)]
    [InlineData("[[targets]]\nos = \"windows\"", 20)]
    [InlineData("[[targets]]\narch = \"amd64\"", 20)]
    [InlineData("[[targets]]\narch = \"arm\"\nvariant = \"v8\"", 0)]
    [InlineData("[[targets]]\narch = \"arm\"\nvariant = \"v7\"", 20)]
    [InlineData("[[targets]]\nos = \"windows\"\n[[targets]]\nos = \"linux\"", 0)]
    [InlineData("[[targets]]\n[[targets.distros]]\nname = \"debian\"", 0)]
    [InlineData("[[targets]]\n[[targets.distros]]\nname = \"ubuntu\"\n[[targets.distros]]\nname = \"debian\"\nversion = \"12\"", 0)]
    [InlineData("[[targets]]\n[[targets.distros]]\nname = \"debian\"\nversion = \"11\"", 20)]
    [InlineData("[[stacks]]\nid = \"*\"", 0)]
    [InlineData("[[stacks]]\nid = \"heroku-22\"", 0)]
    [InlineData("[[stacks]]\nid = \"io.buildpacks.stacks.bionic\"", 20)]
    [InlineData("[[stacks]]\nid = \"io.buildpacks.stacks.bionic\"\n[[stacks]]\nid = \"*\"", 0)]
    public async Task A_buildpack_takes_part_when_the_run_image_is_one_of_its_targets(string declared, int exitCode)
    {
        fixture.Write("layers/analyzed.toml", Target);

        var run = (await fixture.Buildpack("a", more: declared).Order("a").RunAsync("detect")).Expect(exitCode);

        if (exitCode != 0)
            Assert.Contains("a 1.0.0 does not take part: it is not for linux/arm debian 12", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.7", "CNB_BUILDPACK_DIR")]
    [InlineData("0.8", "CNB_BUILDPACK_DIR CNB_BUILD_PLAN_PATH CNB_PLATFORM_DIR")]
    [InlineData(
        "0.10",
        "CNB_BUILDPACK_DIR CNB_BUILD_PLAN_PATH CNB_PLATFORM_DIR CNB_TARGET_ARCH CNB_TARGET_ARCH_VARIANT CNB_TARGET_DISTRO_NAME CNB_TARGET_DISTRO_VERSION CNB_TARGET_OS"
    )]
    [InlineData(
        "0.12",
        "CNB_BUILDPACK_DIR CNB_BUILD_PLAN_PATH CNB_EXEC_ENV CNB_PLATFORM_DIR CNB_TARGET_ARCH CNB_TARGET_ARCH_VARIANT CNB_TARGET_DISTRO_NAME CNB_TARGET_DISTRO_VERSION CNB_TARGET_OS"
    )]
    public async Task A_buildpack_is_told_what_its_version_of_the_API_knows(string api, string variables)
    {
        fixture.Write("layers/analyzed.toml", Target);

        (
            await fixture
                .Buildpack("a", api: api, detect: $"env | grep ^CNB_ | cut -d= -f1 > {fixture.At("seen")}")
                .Order("a")
                .RunAsync("detect")
        ).Expect(0);

        Assert.Equal(
            variables,
            string.Join(' ', fixture.Read("seen").Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal))
        );
    }

    [Fact]
    public async Task A_config_var_cannot_pass_for_what_the_lifecycle_says()
    {
        fixture.Write("platform/env/CNB_TARGET_OS", "plan9");
        fixture.Write("platform/env/CNB_BUILDPACK_DIR", "/elsewhere");

        (await fixture.Buildpack("a", detect: $"env > {fixture.At("seen")}").Order("a").RunAsync("detect")).Expect(0);

        Assert.Contains("CNB_TARGET_OS=linux\n", fixture.Read("seen"), StringComparison.Ordinal);
        Assert.DoesNotContain("elsewhere", fixture.Read("seen"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "0.15", "all tests both either old first last")]
    [InlineData("test", "0.15", "all tests both either old")]
    [InlineData("test", "0.14", "all production tests both either old first last")]
    public async Task A_buildpack_for_another_execution_environment_is_passed_over(string environment, string platform, string group)
    {
        const string Tables = "[[buildpack.exec-env]]\nname = \"test\"\n[[buildpack.exec-env]]\nname = \"production\"";
        fixture.Environment["CNB_PLATFORM_API"] = platform;
        fixture.Environment["CNB_EXEC_ENV"] = environment;
        fixture
            .Buildpack("all", api: "0.12")
            .Buildpack("production", api: "0.12", more: "exec-env = [\"production\"]")
            .Buildpack("tests", api: "0.12", more: "exec-env = [\"test\"]")
            .Buildpack("both", api: "0.12", more: Tables)
            .Buildpack("either", api: "0.12", more: "exec-env = [\"*\"]")
            .Buildpack("old", api: "0.11", more: "exec-env = [\"development\"]")
            .Buildpack("first")
            .Buildpack("last");
        fixture.Order("all production tests both either old first last");
        fixture.Write(
            "order.toml",
            fixture
                .Read("order.toml")
                .Replace("id = \"first\"", "id = \"first\"\nexec-env = [\"production\"]", StringComparison.Ordinal)
                .Replace("id = \"last\"", "id = \"last\"\nexec-env = [\"production\", \"development\"]", StringComparison.Ordinal)
        );

        (await fixture.RunAsync("detect")).Expect(0);

        var expected = environment.Length == 0 ? group.Replace("tests", "production", StringComparison.Ordinal) : group;
        Assert.Equal(expected, string.Join(' ', fixture.Ids()));
    }

    [Fact]
    public async Task A_group_of_which_nothing_is_for_the_execution_environment_gives_way_to_the_next()
    {
        fixture.Environment["CNB_EXEC_ENV"] = "test";
        fixture.Buildpack("a", api: "0.12", more: "exec-env = [\"production\"]").Buildpack("b");

        (await fixture.Order("a", "b").RunAsync("detect")).Expect(0);

        Assert.Equal(["b"], fixture.Ids());
    }

    [Theory]
    [InlineData("b", "x b y")]
    [InlineData("x b", "x b y")]
    [InlineData("b x", "b x y")]
    [InlineData("y b", "x y b")]
    [InlineData("no | b", "x b y")]
    public async Task Buildpacks_of_the_system_stand_before_and_behind_every_group(string order, string group)
    {
        fixture.Buildpack("b").Buildpack("x").Buildpack("y").Buildpack("no", detect: "exit 100").Buildpack("maybe", detect: "exit 100");
        fixture.Write(
            "system.toml",
            """
            [[system.pre.buildpacks]]
            id = "x"
            version = "1.0.0"
            [[system.pre.buildpacks]]
            id = "maybe"
            version = "1.0.0"
            optional = true
            [[system.post.buildpacks]]
            id = "y"
            version = "1.0.0"
            """
        );

        (await fixture.Order(order.Split(" | ")).RunAsync("detect")).Expect(0);

        Assert.Equal(group, string.Join(' ', fixture.Ids()));
    }

    [Theory]
    [InlineData("echo '[[provides' > \"$2\"; echo said", "its plan cannot be read", "said")]
    [InlineData("printf '[[requires]]\\nname = \"x\"\\nversion = \"1\"\\n' > \"$2\"", "a key 'version'", "")]
    [InlineData("rm \"$CNB_BUILDPACK_DIR/bin/detect\"; exit 3", "exit 3", "")]
    public async Task What_cannot_be_used_of_a_buildpack_is_exit_code_21_and_the_reason(string detect, string reason, string output)
    {
        var run = (await fixture.Buildpack("a", detect: detect).Order("a").RunAsync("detect")).Expect(21);

        Assert.Contains(reason, run.Errors, StringComparison.Ordinal);
        Assert.Contains(output, run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_buildpack_without_a_program_is_exit_code_21_and_does_not_hinder_a_later_group()
    {
        fixture.Buildpack("a").Buildpack("b");
        File.Delete(fixture.At("buildpacks/a/1.0.0/bin/detect"));

        Assert.Contains(
            "its bin/detect cannot be run",
            (await fixture.Order("a").RunAsync("detect")).Expect(21).Errors,
            StringComparison.Ordinal
        );
        (await fixture.Order("a", "b").RunAsync("detect")).Expect(0);
    }

    [Theory]
    [InlineData("loop", "holds itself")]
    [InlineData("..", "cannot be a buildpack's id")]
    [InlineData("config", "cannot be a buildpack's id")]
    public async Task An_order_that_cannot_be_followed_is_exit_code_22(string id, string reason)
    {
        fixture.Buildpack("loop", more: "[[order]]\n" + LifecycleFixture.Group("order", "loop"));

        Assert.Contains(reason, (await fixture.Order(id).RunAsync("detect")).Expect(22).Errors, StringComparison.Ordinal);
    }

    public void Dispose() => fixture.Dispose();
}
