using System.Collections.Immutable;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Dynos;
using NeetoDeploy.Core.Releases;
using NeetoDeploy.Drivers.Abstractions;
using NeetoDeploy.Drivers.Abstractions.Dynos;
using NeetoDeploy.Drivers.Docker.Dynos;
using NeetoDeploy.Drivers.Docker.Engine;
using NeetoDeploy.Drivers.Docker.Networks;
using NeetoDeploy.Drivers.Tests.Support;

namespace NeetoDeploy.Drivers.Tests.Docker;

/// <summary>What only a real engine can show.</summary>
public sealed class DockerDynoIsolationTests(EngineFixture engine) : IAsyncDisposable
{
    private readonly AppId app = new(Guid.NewGuid());

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private DockerDynoDriver Driver => engine.Services.GetRequiredService<DockerDynoDriver>();

    public async ValueTask DisposeAsync() => await Driver.RemoveAppAsync(app, CancellationToken.None);

    [Fact]
    public async Task A_dyno_has_no_privileges()
    {
        var status = await OutputAsync(CommandLine("cat /proc/self/status"));
        Assert.Contains("Uid:\t1000\t1000\t1000\t1000", status);
        Assert.Contains("CapBnd:\t0000000000000000", status);
        Assert.Contains("NoNewPrivs:\t1", status);
    }

    [Fact]
    public async Task Dynos_share_a_group_that_goes_before_builds()
    {
        var dyno = await Driver.EnsureAsync(Process("web"), Cancel);
        var report = await engine.Engine.CallAsync((api, token) => api.Containers.InspectContainerAsync(dyno.Handle.Value, token), Cancel);
        var groups = await File.ReadAllTextAsync($"/proc/{report!.State!.Pid}/cgroup", Cancel);
        Assert.Equal(engine.Podman is null, groups.Contains("/neeto-dynos", StringComparison.Ordinal));
        if (engine.Podman is not null)
            return;
        string[] parents = ["/sys/fs/cgroup/cpu", "/sys/fs/cgroup"];
        var group = parents.Where(Directory.Exists).SelectMany(parent => Directory.GetDirectories(parent, "neeto-dynos*")).First();
        string[] weights = [Path.Combine(group, "cpu.weight"), Path.Combine(group, "cpu.shares")];
        Assert.Contains((await File.ReadAllTextAsync(weights.Single(File.Exists), Cancel)).Trim(), (string[])["400", "4096"]);
    }

    [Fact]
    public async Task Environment_arrives_as_it_is_and_nowhere_else()
    {
        var value = "a b;$(id)\n'\"\\ü";
        var spec = CommandLine("env -0 | tr '\\0\\n' '\\n~'; cat /proc/1/cmdline | tr '\\0' ' '");
        var lines = await OutputAsync(spec with { Environment = spec.Environment.Add("SECRET", value) });
        Assert.Contains($"SECRET={value.Replace('\n', '~')}", lines);
        Assert.Single(lines, line => line.Contains("SECRET", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_terminal_has_the_given_size_from_the_start()
    {
        var spec = CommandLine("read -r go; stty size; exit 4") with { Terminal = new TerminalSize(123, 45) };
        await using var attached = await Driver.StartAttachedAsync(spec, Cancel);
        await attached.WriteAsync("\n"u8.ToArray(), Cancel);
        var output = new StringBuilder();
        var buffer = new byte[1024];
        while (await attached.ReadAsync(buffer, Cancel) is > 0 and var count)
            output.Append(Encoding.UTF8.GetString(buffer, 0, count));
        Assert.Contains("45 123\r\n", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(4, (await ExitAsync(spec.Key)).ExitCode);
    }

    [Fact]
    public async Task A_terminal_is_told_its_new_size()
    {
        var spec = CommandLine("echo ready; while [ \"$(stty size)\" != '45 123' ]; do sleep 0.05; done; echo resized") with
        {
            Terminal = new TerminalSize(80, 24),
        };
        await using var attached = await Driver.StartAttachedAsync(spec, Cancel);
        var output = new StringBuilder();
        var buffer = new byte[1024];
        while (await attached.ReadAsync(buffer, Cancel) is > 0 and var count)
        {
            output.Append(Encoding.UTF8.GetString(buffer, 0, count));
            if (output.ToString().Contains("ready\r\n", StringComparison.Ordinal))
                await attached.ResizeAsync(new TerminalSize(123, 45), Cancel);
        }
        Assert.Contains("resized\r\n", output.ToString(), StringComparison.Ordinal);
        await attached.ResizeAsync(new TerminalSize(80, 24), Cancel);
    }

    [Fact]
    public async Task Every_process_of_a_dyno_gets_SIGTERM()
    {
        var dyno = await Driver.EnsureAsync(Process("family"), Cancel);
        await foreach (var line in Driver.FollowAsync(dyno.Handle, null, Cancel))
        {
            if (line.Text == "family")
                await Driver.StopAsync(dyno.Handle, TimeSpan.FromMinutes(5), Cancel);
        }
        Assert.Equal(0, (await ExitAsync(dyno.Key)).ExitCode);
        var lines = await LinesAsync(dyno.Handle);
        Assert.Contains("child terminated", lines);
        Assert.Contains("parent terminated", lines);
    }

    [Fact]
    public async Task Two_incarnations_of_one_place_bind_the_same_port_at_once()
    {
        var old = await Driver.EnsureAsync(Process("server"), Cancel);
        var next = await Driver.EnsureAsync(Process("server", release: 2), Cancel);
        Assert.NotEqual(old.Address, next.Address);
        using var http = new HttpClient();
        foreach (var dyno in (DynoObservation[])[old, next])
            await Eventually.SeesAsync($"{dyno.Key} to answer", cancel => AskAsync(http, dyno, cancel), text => text == "ok\n");
    }

    [Fact]
    public async Task A_dyno_reaches_its_own_app_and_no_other_one_whatever_comes_and_goes()
    {
        var (other, passing) = (new AppId(Guid.NewGuid()), new AppId(Guid.NewGuid()));
        try
        {
            var mine = await Driver.EnsureAsync(Process("server"), Cancel);
            var theirs = await Driver.EnsureAsync(Of(other, Process("server")), Cancel);
            using var http = new HttpClient();
            foreach (var dyno in (DynoObservation[])[mine, theirs])
                await Eventually.SeesAsync($"{dyno.Key} to answer", cancel => AskAsync(http, dyno, cancel), text => text == "ok\n");
            // Podman 4.3 forgets the isolation of all networks when one loses its last container.
            await Driver.EnsureAsync(Of(passing, Process("web")), Cancel);
            await Driver.RemoveAppAsync(passing, Cancel);

            var ask = (DynoObservation dyno) => $"printf 'GET / HTTP/1.0\\r\\n\\r\\n' | nc -w 3 {dyno.Address} 8080";
            var lines = await OutputAsync(CommandLine($"{ask(mine)}; echo now theirs; {ask(theirs)}; echo done"));
            Assert.Equal(["ok", "now theirs", "done"], lines.Where(line => line is "ok" or "now theirs" or "done"));
        }
        finally
        {
            await Driver.RemoveAppAsync(other, Cancel);
            await Driver.RemoveAppAsync(passing, Cancel);
        }
    }

    [Fact]
    public async Task A_sandbox_is_used_again_after_its_dyno_is_gone()
    {
        var dynos = new List<DynoObservation>();
        for (var generation = 1; generation <= 4; generation++)
        {
            dynos.Add(await Driver.EnsureAsync(Process("web", generation: generation), Cancel));
            await Driver.RemoveAsync(dynos[^1].Handle, Cancel);
        }
        Assert.InRange(dynos.Select(dyno => dyno.Address).Distinct().Count(), 1, 2);
    }

    [Fact]
    public async Task A_process_that_the_image_lacks_fails_and_says_so()
    {
        var dyno = await Driver.EnsureAsync(Process("absent"), Cancel);
        // It is the engine's init that cannot start it, in its own words.
        var (exitCode, words) = engine.Podman is null ? (127, "/cnb/process/absent") : (1, "failed to exec");
        Assert.Equal(exitCode, (await ExitAsync(dyno.Key)).ExitCode);
        Assert.Contains(await LinesAsync(dyno.Handle), line => line.Contains(words, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_container_that_the_engine_cannot_start_is_removed()
    {
        var spec = Process("web") with { Environment = ImmutableSortedDictionary<string, string>.Empty.Add("BAD", "\0") };
        await Assert.ThrowsAsync<DriverException>(() => Driver.EnsureAsync(spec, Cancel));
        Assert.Empty(await Driver.ObserveAsync(app, Cancel));
    }

    [Fact]
    public async Task An_image_that_the_engine_lacks_is_pulled_by_digest()
    {
        var image = await engine.PushImageAsync("pulled");
        await engine.Engine.CallAsync(
            (client, token) => client.Images.DeleteImageAsync($"{image.Registry}/{image.Repository}:1", new() { Force = true }, token),
            Cancel
        );
        Assert.Null(await engine.Engine.FindImageAsync(image.ToString(), Cancel));
        Assert.Equal(DynoPhase.Running, (await Driver.EnsureAsync(Process("web") with { Image = image }, Cancel)).Phase);
    }

    [Fact]
    public async Task Long_lines_are_joined_and_split_at_ten_thousand_bytes()
    {
        var lines = await OutputAsync(CommandLine("head -c 45000 /dev/zero | tr '\\0' x; echo; echo short"));
        Assert.Equal([10_000, 10_000, 10_000, 10_000, 5_000, 5], lines.Select(line => line.Length));
    }

    [Fact]
    public async Task Another_installation_sees_and_removes_nothing_of_ours()
    {
        var dyno = await Driver.EnsureAsync(Process("web"), Cancel);
        await using var services = engine.Build($"{engine.InstallationId}-c");
        var other = services.GetRequiredService<IDynoDriver>();
        Assert.Empty(await other.ObserveAsync(Cancel));
        await other.StopAsync(dyno.Handle, TimeSpan.Zero, Cancel);
        await other.RemoveAsync(dyno.Handle, Cancel);
        await other.RemoveAppAsync(app, Cancel);
        Assert.Equal([dyno], await Driver.ObserveAsync(app, Cancel));
    }

    [Fact]
    public async Task Many_first_dynos_at_once_share_one_network_and_no_address()
    {
        await Task.WhenAll(Enumerable.Range(1, 4).Select(i => Driver.EnsureAsync(Process("web", i), Cancel)));
        Assert.Single(await NetworksAsync());
        var dynos = await Driver.ObserveAsync(app, Cancel);
        Assert.Equal(4, dynos.Select(dyno => dyno.Address).Distinct().Count());
    }

    [Fact]
    public async Task Two_silos_that_make_a_network_at_once_keep_one()
    {
        await using var services = engine.Build(engine.InstallationId);
        EngineNetworks[] silos = [engine.Services.GetRequiredService<EngineNetworks>(), services.GetRequiredService<EngineNetworks>()];
        var labels = engine.Names.Labels(EngineRoles.Network, app);
        var made = await Task.WhenAll(silos.Select(silo => silo.EnsureAsync(engine.Names.AppNetwork(app), labels, Cancel)));
        var kept = Assert.Single(await NetworksAsync());
        Assert.Contains(kept.ID, made);
        Assert.Equal(kept.ID, await silos[1].EnsureAsync(engine.Names.AppNetwork(app), labels, Cancel));
    }

    [Fact]
    public async Task Removing_an_app_leaves_nothing_of_it()
    {
        await Driver.EnsureAsync(Process("web"), Cancel);
        await Driver.EnsureAsync(Process("crash"), Cancel);
        await Driver.RemoveAppAsync(app, Cancel);
        Assert.Empty(await engine.Engine.ListContainersAsync(engine.Names.Filter((EngineNames.App, app.ToString())), Cancel));
        Assert.Empty(await NetworksAsync());
        await Driver.RemoveAppAsync(app, Cancel);
    }

    [Fact]
    public async Task An_engine_that_is_down_is_unavailable_and_says_what_to_do()
    {
        await using var services = engine.Build("down", options => options.Socket = "/nonexistent/engine.sock");
        var driver = services.GetRequiredService<DockerDynoDriver>();
        var error = await Assert.ThrowsAsync<DriverException>(() => driver.ObserveAsync(Cancel));
        Assert.Equal((DriverErrorKind.Unavailable, "engine.unavailable", true), (error.Kind, error.Code, error.IsTransient));
        Assert.Contains("/nonexistent/engine.sock", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<DriverException>(() => driver.EnsureAsync(Process("web"), Cancel));
        await Assert.ThrowsAsync<DriverException>(async () => await driver.WatchAsync(Cancel).GetAsyncEnumerator(Cancel).MoveNextAsync());
        await Assert.ThrowsAsync<DriverException>(async () =>
            await driver.FollowAsync(new DynoHandle("x"), null, Cancel).GetAsyncEnumerator(Cancel).MoveNextAsync()
        );
    }

    private DynoSpec Process(string type, int ordinal = 1, int release = 1, int generation = 1) =>
        new(
            new DynoKey(app, DynoName.Parse($"{type}.{ordinal}"), new ReleaseVersion(release), generation),
            engine.Image,
            new DynoStart.Process(type),
            ImmutableSortedDictionary<string, string>.Empty.Add("PATH", "/bin").Add("PORT", "8080"),
            DynoSize.Default
        );

    private static DynoSpec Of(AppId owner, DynoSpec spec) => spec with { Key = spec.Key with { App = owner } };

    private DynoSpec CommandLine(string line) => Process("run", 1000) with { Start = new DynoStart.CommandLine(line) };

    private async Task<List<string>> OutputAsync(DynoSpec spec) => await LinesAsync((await Driver.EnsureAsync(spec, Cancel)).Handle);

    private async Task<List<string>> LinesAsync(DynoHandle handle)
    {
        var lines = new List<string>();
        await foreach (var line in Driver.FollowAsync(handle, null, Cancel))
            lines.Add(line.Text);
        return lines;
    }

    private Task<DynoObservation> ExitAsync(DynoKey key) =>
        Eventually.SeesAsync(
            $"{key} to exit",
            async cancel => (await Driver.ObserveAsync(app, cancel)).Single(dyno => dyno.Key == key),
            dyno => dyno.Phase == DynoPhase.Exited
        );

    private Task<IList<global::Docker.DotNet.Models.NetworkResponse>> NetworksAsync() =>
        engine.Engine.CallAsync(
            (client, token) =>
                client.Networks.ListNetworksAsync(new() { Filters = engine.Names.Filter((EngineNames.App, app.ToString())) }, token),
            Cancel
        );

    private static async Task<string> AskAsync(HttpClient http, DynoObservation dyno, CancellationToken cancel)
    {
        try
        {
            return await http.GetStringAsync(new Uri($"http://{dyno.Address}:8080/"), cancel);
        }
        catch (HttpRequestException e)
        {
            return e.Message;
        }
    }
}
