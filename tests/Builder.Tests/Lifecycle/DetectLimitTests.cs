using System.Diagnostics;

namespace NeetoDeploy.Builder.Tests.Lifecycle;

/// <summary>Buildpacks that never say whether they apply.</summary>
public sealed class DetectLimitTests : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly LifecycleFixture fixture = new();

    public void Dispose() => fixture.Dispose();

    [Theory]
    [InlineData("sleep infinity & wait")]
    [InlineData("while :; do (exit 0); done")]
    public async Task One_that_never_ends_or_forks_for_ever_ends_the_build_and_is_named(string lines)
    {
        var lives = Pipe();
        fixture.Buildpack("quick").Buildpack("slow", detect: $"exec 3> {lives}\n{lines}").Order("quick slow");
        await AssertEndsAsync(lives, "slow 1.0.0");
    }

    [Fact]
    public async Task A_classic_one_has_no_more_time()
    {
        var lives = Pipe();
        fixture.Classic("slow", ("detect", $"exec 3> {lives}\nsleep infinity & wait")).Chosen("slow");
        await AssertEndsAsync(lives, "slow 1");
    }

    [Fact]
    public async Task While_buildpacks_are_asked_a_file_says_which()
    {
        fixture.Buildpack("a", detect: $"cat {fixture.At("layers/asked-buildpacks")} > {fixture.At("seen")}").Order("a");
        (await fixture.RunAsync("detect")).Expect(0);
        Assert.Equal(("a 1.0.0", ""), (fixture.Read("seen"), fixture.Read("layers/asked-buildpacks")));
    }

    [Theory, InlineData("0"), InlineData("-1"), InlineData("soon")]
    public async Task A_time_that_is_none_is_refused(string seconds)
    {
        fixture.Environment["NEETO_DETECT_TIMEOUT"] = seconds;
        (await fixture.Buildpack("a").Order("a").RunAsync()).Expect(3);
    }

    private async Task AssertEndsAsync(string lives, string name)
    {
        fixture.Environment["NEETO_DETECT_TIMEOUT"] = "3";
        // Ends when nobody has the other end any more: neither the program nor anything that it began.
        var dead = Task.Run(() =>
        {
            using var pipe = File.OpenRead(lives);
            return pipe.ReadByte();
        });

        var run = (await fixture.RunAsync()).Expect(29);

        Assert.Contains($"The bin/detect of buildpack {name} has not ended within 3 seconds.", run.Errors, StringComparison.Ordinal);
        Assert.Equal(name, fixture.Read("layers/failed-buildpack"));
        Assert.Equal(-1, await dead.WaitAsync(Deadline, TestContext.Current.CancellationToken));
    }

    private string Pipe()
    {
        using var made = Process.Start("mkfifo", [fixture.At("lives")]);
        made.WaitForExit();
        return fixture.At("lives");
    }
}
