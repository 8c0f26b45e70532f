using NeetoDeploy.EndToEnd.Tests.Harness;

namespace NeetoDeploy.EndToEnd.Tests.Installations;

public sealed class SideBySideTests(SharedBox shared)
{
    private readonly Box box = shared.Box;

    [Fact]
    public async Task Two_installations_do_not_touch_each_other()
    {
        await using var app = await AppUnderTest.CreateAsync(box);
        Programs.WriteTo(app, "first box");
        (await app.DeployAsync()).Ok();
        await app.AnswersAsync("first box");

        await using var other = await Box.StartAsync(TestContext.Current.CancellationToken);
        await using (var theirs = await AppUnderTest.CreateAsync(other))
        {
            Programs.WriteTo(theirs, "second box");
            (await theirs.DeployAsync()).Ok();
            await theirs.AnswersAsync("second box");
            (await other.Neeto(["down", "--all", "--data", other.Data]).RunAsync(cancel: TestContext.Current.CancellationToken)).Ok();
            Assert.Empty(await EngineBelongings.ContainersAsync(other.Data));
            Assert.Empty(await EngineBelongings.NetworksAsync(other.Data));
            await app.AnswersAsync("first box");
            Assert.NotEmpty(await EngineBelongings.ContainersAsync(box.Data));

            // Data was kept: up again, the app comes back.
            await other.UpAsync(TestContext.Current.CancellationToken);
            await theirs.AnswersAsync("second box", seconds: 90);
        }
    }

    [Fact]
    public async Task Up_again_finds_it_running_and_says_so()
    {
        var silo = box.Pid("silo");
        var again = await box.UpAsync(TestContext.Current.CancellationToken);
        Assert.Contains("runs already", again.All, StringComparison.Ordinal);
        Assert.Equal(silo, box.Pid("silo"));
    }

    [Fact]
    public async Task Status_and_doctor_find_a_running_installation_well()
    {
        var status = (await box.Neeto(["status"]).RunAsync(cancel: TestContext.Current.CancellationToken)).Ok();
        Assert.Contains($"up, pid {box.Pid("router")}", status.Output, StringComparison.Ordinal);
        var doctor = (await box.Neeto(["doctor"]).RunAsync(cancel: TestContext.Current.CancellationToken)).Ok();
        Assert.Contains(
            $"answers on https://localhost:{box.TlsPort}, with its certificate and token",
            doctor.Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Doctor_says_what_git_lacks_in_this_shell()
    {
        // Other tests give git credentials in this HOME.
        async Task<string> Doctor(params string[] variables) =>
            (
                await box.Program(["env", .. variables, "GIT_CONFIG_GLOBAL=/dev/null", Checkout.Script, "doctor"])
                    .RunAsync(cancel: TestContext.Current.CancellationToken)
            )
                .Ok()
                .Output;

        Assert.Contains("neeto env", await Doctor("-u", "GIT_SSL_CAINFO"), StringComparison.Ordinal);
        Assert.Contains("neeto git:remote", await Doctor(), StringComparison.Ordinal);
        string[] helper =
        [
            "GIT_CONFIG_COUNT=1",
            "GIT_CONFIG_KEY_0=credential.helper",
            $"GIT_CONFIG_VALUE_0=!{Checkout.Script} git:credentials",
        ];
        Assert.Contains("has certificate and credentials", await Doctor(helper), StringComparison.Ordinal);
    }
}
