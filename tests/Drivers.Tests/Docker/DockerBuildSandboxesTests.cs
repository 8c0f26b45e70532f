using System.Text;
using Microsoft.Extensions.DependencyInjection;
using NeetoDeploy.Drivers.Abstractions;
using NeetoDeploy.Drivers.Abstractions.Builds;
using NeetoDeploy.Drivers.Abstractions.Dynos;
using NeetoDeploy.Drivers.Docker.Engine;
using NeetoDeploy.Drivers.Tests.Support;

namespace NeetoDeploy.Drivers.Tests.Docker;

public sealed class DockerBuildSandboxesTests(EngineFixture engine) : IAsyncLifetime
{
    private readonly string build = Guid.NewGuid().ToString();
    private readonly TemporaryDirectory folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private IBuildSandboxes Sandboxes => engine.Services.GetRequiredService<IBuildSandboxes>();

    public async ValueTask InitializeAsync() => await engine.PrepareStackAsync();

    public async ValueTask DisposeAsync()
    {
        await Sandboxes.RemoveAsync(build, CancellationToken.None);
        folder.Dispose();
    }

    [Fact]
    public async Task A_command_runs_as_the_build_user_without_privileges_and_tells_its_exit_code()
    {
        await using var sandbox = await StartAsync();
        var (exitCode, status) = await RunAsync(sandbox, ["cat", "/proc/self/status"]);
        Assert.Equal(0, exitCode);
        Assert.Contains("Uid:\t1000\t1000\t1000\t1000", status, StringComparison.Ordinal);
        Assert.Contains("CapEff:\t0000000000000000", status, StringComparison.Ordinal);
        Assert.Contains("CapBnd:\t0000000000000000", status, StringComparison.Ordinal);
        Assert.Contains("NoNewPrivs:\t1", status, StringComparison.Ordinal);
        Assert.Equal(7, (await RunAsync(sandbox, ["bash", "-c", "exit 7"])).ExitCode);
        Assert.InRange((await RunAsync(sandbox, ["no-such-program"])).ExitCode, 126, 127);
    }

    [Fact]
    public async Task A_command_has_the_environment_it_is_given_and_the_folder()
    {
        await using var sandbox = await StartAsync();
        var given = new Dictionary<string, string>
        {
            ["PATH"] = "/usr/bin:/bin",
            ["HOME"] = "/cache/home",
            ["SECRET"] = "two\nlines; $(id) 'ü'",
        };
        var (_, seen) = await RunAsync(sandbox, ["env", "--null"], given, "/usr");
        string[] engines = engine.Podman is null ? ["HOSTNAME="] : ["HOSTNAME=", "TERM=", "container="];
        var variables = seen.Split('\0', StringSplitOptions.RemoveEmptyEntries)
            .Where(variable => !engines.Any(own => variable.StartsWith(own, StringComparison.Ordinal)));
        Assert.Equal(given.Select(v => $"{v.Key}={v.Value}").Order(), variables.Order());
        Assert.Equal("/usr\n", (await RunAsync(sandbox, ["pwd"], given, "/usr")).Output);
    }

    [Fact]
    public async Task It_leaves_processors_to_dynos_while_they_need_them()
    {
        if (engine.Podman is not null || Environment.ProcessorCount < 2)
            return;
        var reserve = engine.Services.GetRequiredService<ISupportsReserve>();
        await using var sandbox = await StartAsync();
        var all = Environment.ProcessorCount;
        try
        {
            await SeesAsync(all - Math.Max(1, all / 4), isNeeded: true);
        }
        finally
        {
            await SeesAsync(all, isNeeded: false);
        }

        // A sandbox that comes or goes at the same moment is in the way; so it is said until it is so.
        Task SeesAsync(int processors, bool isNeeded) =>
            Eventually.SeesAsync(
                $"{processors} processors",
                async _ =>
                {
                    reserve.LeaveProcessorsToDynos(isNeeded);
                    return (await RunAsync(sandbox, ["nproc"])).Output;
                },
                seen => seen == $"{processors}\n"
            );
    }

    [Fact]
    public async Task Both_streams_arrive_whole_and_each_in_order()
    {
        await using var sandbox = await StartAsync();
        var (_, output) = await RunAsync(sandbox, ["bash", "-c", "for i in $(seq 1 500); do echo out $i; done; echo err >&2; printf end"]);
        Assert.Contains("err\n", output, StringComparison.Ordinal);
        Assert.Equal(
            string.Concat(Enumerable.Range(1, 500).Select(i => $"out {i}\n")) + "end",
            output.Replace("err\n", "", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_process_that_is_left_behind_does_not_hold_the_command_up()
    {
        await using var sandbox = await StartAsync();
        var (exitCode, output) = await RunAsync(sandbox, ["bash", "-c", "sleep 100000 & echo started"]);
        Assert.Equal((0, "started\n"), (exitCode, output));
    }

    [Fact]
    public async Task Folders_are_writable_only_where_they_shall_be()
    {
        await File.WriteAllTextAsync(folder.File("given"), "given", Cancel);
        File.SetUnixFileMode(folder.Path, (UnixFileMode)0x1FF);
        await using var sandbox = await StartAsync(
            new SandboxMount(folder.Path, "/app", false),
            new SandboxMount(folder.Path, "/platform", true)
        );
        Assert.Equal("given", (await RunAsync(sandbox, ["cat", "/platform/given"])).Output);
        Assert.NotEqual(0, (await RunAsync(sandbox, ["touch", "/platform/made"])).ExitCode);
        Assert.Equal(0, (await RunAsync(sandbox, ["touch", "/app/made"])).ExitCode);
        Assert.True(File.Exists(folder.File("made")));
    }

    [Fact]
    public async Task Nothing_can_be_written_beside_the_folders_that_are_given()
    {
        File.SetUnixFileMode(folder.Path, (UnixFileMode)0x1FF);
        await using var sandbox = await StartAsync(new SandboxMount(folder.Path, "/tmp", false));
        foreach (var path in (string[])["/var/tmp/made", "/app/made", "/home/made"])
            Assert.NotEqual(0, (await RunAsync(sandbox, ["touch", path])).ExitCode);
        Assert.Equal(0, (await RunAsync(sandbox, ["touch", "/tmp/made"])).ExitCode);
    }

    [Fact]
    public async Task A_program_that_forks_without_end_meets_its_limit_and_no_other_build_does()
    {
        await using var other = await Sandboxes.StartAsync(Spec($"{build}.2"), Cancel);
        await using (var sandbox = await StartAsync())
        {
            var output = new MemoryStream();
            using var seen = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
            var bomb = sandbox.RunAsync(
                ["bash", "-c", "bomb() { bomb | bomb & }; bomb; sleep 100000"],
                new Dictionary<string, string>(),
                "/",
                async bytes =>
                {
                    await output.WriteAsync(bytes, Cancel);
                    if (Encoding.UTF8.GetString(output.ToArray()).Contains("Resource temporarily unavailable", StringComparison.Ordinal))
                        await seen.CancelAsync();
                },
                seen.Token
            );
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => bomb);
            Assert.Equal("fine\n", (await RunAsync(other, ["bash", "-c", "(echo fine)"])).Output);
        }
        Assert.Single(await ContainersAsync());
    }

    [Fact]
    public async Task Its_processes_are_in_the_group_of_all_builds()
    {
        await using var sandbox = await StartAsync();
        var container = Assert.Single(await ContainersAsync());
        var report = await engine.Engine.CallAsync((api, token) => api.Containers.InspectContainerAsync(container.ID, token), Cancel);
        var groups = await File.ReadAllTextAsync($"/proc/{report!.State!.Pid}/cgroup", Cancel);
        Assert.Equal(engine.Podman is null, groups.Contains("/neeto-builds", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_metadata_service_the_engine_and_routes_are_out_of_reach()
    {
        await using var sandbox = await StartAsync();
        var (_, route) = await RunAsync(sandbox, ["ip", "route", "get", "169.254.169.254"]);
        Assert.Contains("No route to host", route, StringComparison.Ordinal);
        Assert.NotEqual(0, (await RunAsync(sandbox, ["ip", "route", "del", "unreachable", "169.254.169.254"])).ExitCode);
        Assert.NotEqual(0, (await RunAsync(sandbox, ["ls", EngineFixture.Socket])).ExitCode);
        Assert.NotEqual(0, (await RunAsync(sandbox, ["curl", "--silent", "--max-time", "5", $"http://{engine.Registry}/v2/"])).ExitCode);
    }

    [Fact]
    public async Task The_stack_has_what_buildpacks_expect()
    {
        await using var sandbox = await StartAsync();
        foreach (
            var program in (string[])
                ["bash", "cc", "curl", "file", "git", "jq", "make", "node", "pkg-config", "python3", "tini", "unzip", "xz", "zstd"]
        )
            Assert.True((await RunAsync(sandbox, ["which", program])).ExitCode == 0, program);
        Assert.True(Uri.TryCreate((await RunAsync(sandbox, ["cat", "/etc/neeto/npm-registry"])).Output.Trim(), UriKind.Absolute, out _));
        Assert.Equal("heroku\n", (await RunAsync(sandbox, ["id", "--user", "--name"])).Output);
        Assert.Equal(
            "1000 1000\n1000 1000\n0 0\n",
            (await RunAsync(sandbox, ["stat", "--format", "%u %g", "/app", "/layers", "/cnb"])).Output
        );
        Assert.Equal(0, (await RunAsync(sandbox, ["test", "-f", "/etc/apt/sources.list"])).ExitCode);
    }

    [Fact]
    public async Task Cancelling_kills_the_sandbox()
    {
        await using var sandbox = await StartAsync();
        using var cancelling = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var running = sandbox.RunAsync(
            ["bash", "-c", "echo ready; sleep 100000"],
            new Dictionary<string, string>(),
            "/",
            async _ => await cancelling.CancelAsync(),
            cancelling.Token
        );
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.DoesNotContain(await ContainersAsync(), container => container.State == "running");
    }

    [Fact]
    public async Task Removing_a_build_removes_every_attempt_and_no_other_build()
    {
        var kept = await StartAsync();
        await using var first = await Sandboxes.StartAsync(Spec($"{build}x.1"), Cancel);
        await Sandboxes.RemoveAsync($"{build}x", Cancel);
        Assert.Single(await ContainersAsync());
        await kept.DisposeAsync();
        Assert.Empty(await ContainersAsync());
    }

    [Fact]
    public async Task Two_builds_at_once_have_a_network_each()
    {
        await using var one = await StartAsync();
        await using var two = await Sandboxes.StartAsync(Spec($"{build}.2"), Cancel);
        var addresses = await Task.WhenAll(
            RunAsync(one, ["ip", "-4", "-brief", "address", "show", "eth0"]),
            RunAsync(two, ["ip", "-4", "-brief", "address", "show", "eth0"])
        );
        Assert.NotEqual(addresses[0].Output, addresses[1].Output);
    }

    [Fact]
    public async Task Without_its_stack_no_sandbox_starts()
    {
        var error = await Assert.ThrowsAsync<DriverException>(() => Sandboxes.StartAsync(Spec(build) with { Stack = "other" }, Cancel));
        Assert.Equal("stack.not_ready", error.Code);
    }

    private static BuildSandboxSpec Spec(string name, params SandboxMount[] mounts) => new(name, "neeto-12", mounts, 1L << 30, 2000, 256);

    private Task<IBuildSandbox> StartAsync(params SandboxMount[] mounts) => Sandboxes.StartAsync(Spec($"{build}.1", mounts), Cancel);

    private async Task<List<global::Docker.DotNet.Models.ContainerListResponse>> ContainersAsync() =>
        [
            .. (await engine.Engine.ListContainersAsync(engine.Names.Filter((EngineNames.Role, EngineRoles.Build)), Cancel)).Where(
                container => container.Labels![EngineNames.Build].StartsWith(build, StringComparison.Ordinal)
            ),
        ];

    private static async Task<(int ExitCode, string Output)> RunAsync(
        IBuildSandbox sandbox,
        string[] command,
        Dictionary<string, string>? environment = null,
        string directory = "/"
    )
    {
        var output = new MemoryStream();
        var exitCode = await sandbox.RunAsync(command, environment ?? [], directory, bytes => output.WriteAsync(bytes, Cancel), Cancel);
        return (exitCode, Encoding.UTF8.GetString(output.ToArray()));
    }
}
