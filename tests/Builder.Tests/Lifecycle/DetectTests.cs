namespace NeetoDeploy.Builder.Tests.Lifecycle;

public sealed class DetectTests : IDisposable
{
    private readonly LifecycleFixture fixture = new();

    [Theory]
    [InlineData("a", "a")]
    [InlineData("no | a b", "a b")]
    [InlineData("a no? b", "a b")]
    [InlineData("a broken? b", "a b")]
    [InlineData("no? | b", "b")]
    [InlineData("no a | a | b", "a")]
    [InlineData("a a b", "a b")]
    [InlineData("all", "a b")]
    [InlineData("either b", "a b")]
    [InlineData("nested", "a b")]
    [InlineData("none b | a", "a")]
    [InlineData("none? b | a", "b")]
    [InlineData("a either", "a")]
    public async Task The_first_group_that_passes_is_chosen(string order, string group)
    {
        AddBuildpacks();
        fixture.Order(order.Split(" | "));

        (await fixture.RunAsync("detect")).Expect(0);

        Assert.Equal(group, string.Join(' ', fixture.Ids()));
    }

    [Fact]
    public async Task None_that_passes_is_exit_code_20_and_says_what_was_tried()
    {
        AddBuildpacks();

        var run = (await fixture.Order("no", "a no").RunAsync("detect")).Expect(20);

        Assert.Contains("Tried: no, a", run.Errors, StringComparison.Ordinal);
        Assert.Equal(["detect"], fixture.Phases());
    }

    [Fact]
    public async Task One_that_errs_is_exit_code_21_and_its_output_is_shown()
    {
        AddBuildpacks();

        var run = (await fixture.Order("broken", "no").RunAsync("detect")).Expect(21);

        Assert.Contains("it is broken", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_program_that_prints_without_end_the_beginning_is_kept()
    {
        fixture.Buildpack("talker", detect: "yes talking | head --bytes 20M; exit 1");

        var run = (await fixture.Order("talker").RunAsync("detect")).Expect(21);

        Assert.InRange(run.Errors.Length, 1 << 20, 2 << 20);
    }

    [Fact]
    public async Task An_unknown_buildpack_is_exit_code_22() =>
        Assert.Contains(
            "'ghost' is not installed",
            (await fixture.Order("ghost").RunAsync("detect")).Expect(22).Errors,
            StringComparison.Ordinal
        );

    [Fact]
    public async Task A_buildpack_API_of_the_future_is_exit_code_12() =>
        (await fixture.Buildpack("new", api: "0.99").Order("new").RunAsync("detect")).Expect(12);

    [Fact]
    public async Task A_platform_API_of_the_future_is_exit_code_11()
    {
        fixture.Environment["CNB_PLATFORM_API"] = "9.0";

        (await fixture.Buildpack("a").Order("a").RunAsync("detect")).Expect(11);
    }

    [Fact]
    public async Task A_buildpack_for_another_system_does_not_apply() =>
        (await fixture.Buildpack("a", more: "[[targets]]\nos = \"windows\"").Order("a").RunAsync("detect")).Expect(20);

    [Fact]
    public async Task Programs_of_a_group_run_side_by_side()
    {
        // Each waits until the other has begun: one after the other, neither would end.
        fixture.Buildpack("a", detect: Meet("a", "b")).Buildpack("b", detect: Meet("b", "a"));

        (await fixture.Order("a b").RunAsync("detect")).Expect(0);
    }

    [Fact]
    public async Task The_highest_version_is_taken_when_none_is_named()
    {
        fixture.Buildpack("a", version: "1.9.0").Buildpack("a", version: "1.10.0");

        (await fixture.Order("a").RunAsync("detect")).Expect(0);

        Assert.Contains("version = \"1.10.0\"", fixture.Read("layers/group.toml"), StringComparison.Ordinal);
    }

    public void Dispose() => fixture.Dispose();

    private string Meet(string own, string other) =>
        $"touch {fixture.At("cache")}/{own}; for i in $(seq 600); do [[ -e {fixture.At("cache")}/{other} ]] && exit 0; sleep 0.05; done; exit 1";

    private void AddBuildpacks() =>
        fixture
            .Buildpack("a")
            .Buildpack("b")
            .Buildpack("no", detect: "exit 100")
            .Buildpack("broken", detect: "echo it is broken; exit 7")
            .Buildpack("all", more: "[[order]]\n" + LifecycleFixture.Group("order", "a b"))
            .Buildpack(
                "either",
                more: "[[order]]\n" + LifecycleFixture.Group("order", "no") + "[[order]]\n" + LifecycleFixture.Group("order", "a")
            )
            .Buildpack("none", more: "[[order]]\n" + LifecycleFixture.Group("order", "no"))
            .Buildpack("nested", more: "[[order]]\n" + LifecycleFixture.Group("order", "none? either b"));
}
