using NeetoDeploy.EndToEnd.Tests.Harness;

namespace NeetoDeploy.EndToEnd.Tests.Recovery;

/// <summary>The disk that holds everything an installation knows is full.</summary>
public sealed class FullDiskTests
{
    private static readonly string GreedyPackage = Programs.Package.Replace(
        "\"scripts\": {",
        "\"scripts\": { \"heroku-postbuild\": \"dd if=/dev/zero of=large bs=1M\",",
        StringComparison.Ordinal
    );

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_full_disk_refuses_pushes_with_the_reason_and_nothing_is_lost()
    {
        await using var disk = await SmallDisk.MountAsync(megabytes: 1200);
        await using var box = await Box.StartAsync(Path.Combine(disk.Path, "data"), Cancel);
        await using var app = await AppUnderTest.CreateAsync(box);
        Programs.WriteTo(app);
        (await app.DeployAsync()).Ok();
        using var set = await app.PatchAsync("/config-vars", new Dictionary<string, string> { ["GREETING"] = "kept" });
        await app.AnswersAsync("one kept");
        await using var load = new SteadyLoad(box, app.Name);

        // A build that fills the disk by itself gives back what it took.
        app.Write("package.json", GreedyPackage);
        var greedy = await RefusedAsync(app);
        Assert.Contains("the builder's disk ran full", greedy.All, StringComparison.Ordinal);
        Programs.WriteTo(app, "two");

        // So little is free that a build would take the last of it.
        disk.Fill(free: 32 << 20);
        Assert.Contains("the builder's disk is nearly full", (await RefusedAsync(app)).All, StringComparison.Ordinal);
        await ReadsAsync(app, builds: 3);

        // Nothing is free: git itself cannot take the push.
        disk.Fill();
        Assert.Contains("No space left on device", (await RefusedAsync(app)).All, StringComparison.Ordinal);
        await ReadsAsync(app, builds: 3);

        disk.Free();
        await Wait.UntilAsync("a push taken", TimeSpan.FromSeconds(90), async () => (await app.DeployAsync()).ExitCode == 0);
        await app.AnswersAsync("two kept");
        await load.NoneFailedAsync();
    }

    private static async Task<CommandResult> RefusedAsync(AppUnderTest app) =>
        (await app.DeployAsync().WaitAsync(TimeSpan.FromMinutes(2), Cancel)).Refused();

    /// <summary>Apps answer, and the API tells of everything that was there before.</summary>
    private static async Task ReadsAsync(AppUnderTest app, int builds)
    {
        await app.AnswersAsync("one kept");
        Assert.Equal(4, (await app.ApiAsync("/releases")).AsArray().Count);
        Assert.Equal(["GREETING"], (await app.ApiAsync("/config-vars")).AsObject().Select(var => var.Key));
        var known = (await app.ApiAsync("/builds")).AsArray();
        Assert.Equal(builds, known.Count);
        Assert.DoesNotContain(known, build => (string?)build!["status"] == "pending");
    }
}
