using System.Diagnostics;
using NeetoDeploy.Drivers.Abstractions;
using NeetoDeploy.Drivers.Fake.Images;

namespace NeetoDeploy.Builder.Tests.Driver;

/// <summary>Builds on a disk of four megabytes.</summary>
public sealed class FullDiskTests : IAsyncLifetime
{
    private readonly TempFolder disk = new();
    private BuilderFixture builder = null!;

    public async ValueTask InitializeAsync()
    {
        Run("mount", "-t", "tmpfs", "-o", "size=4m", "neeto-builder-tests", disk.Path);
        builder = await BuilderFixture.StartAsync(
            new FakeImageStore(TimeProvider.System),
            o => o with { BuildsDirectory = Path.Combine(disk.Path, "builds"), LeastFreeBytes = 1 << 20 }
        );
    }

    public ValueTask DisposeAsync()
    {
        builder?.Dispose();
        Run("umount", disk.Path);
        disk.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_source_that_does_not_fit_is_no_failure_of_the_build()
    {
        var error = await Assert.ThrowsAsync<DriverException>(() =>
            builder.RunAsync(builder.Job(Archives.File("large", new byte[8 * 1024 * 1024])))
        );
        Assert.Equal("builder.disk_full", error.Code);
        await AssertRecoveryAsync();
    }

    [Fact]
    public async Task A_layer_that_does_not_fit_is_no_failure_of_the_build()
    {
        var noise = new byte[3 * 1024 * 1024];
        new Random(1).NextBytes(noise);
        var error = await Assert.ThrowsAsync<DriverException>(() => builder.RunAsync(builder.Job(Archives.File("noise", noise))));
        Assert.Equal("builder.disk_full", error.Code);
        await AssertRecoveryAsync();
    }

    [Fact]
    public async Task A_build_does_not_begin_on_a_disk_that_is_nearly_full()
    {
        var ballast = Path.Combine(disk.Path, "ballast");
        File.WriteAllBytes(ballast, new byte[7 << 19]);
        var failure = await builder.FailAsync(builder.Job(Archives.File("server.js", "1")));
        Assert.Contains("the builder's disk is nearly full: 0 MB are free and a build needs 1 MB", failure.Message);
        File.Delete(ballast);
        await AssertRecoveryAsync();
    }

    [Fact]
    public async Task A_failed_build_that_filled_the_disk_gives_back_what_it_kept()
    {
        builder.Sandboxes.Script = (sandbox, _) =>
        {
            File.WriteAllBytes(sandbox["/app/large"], new byte[7 << 19]);
            return Task.FromResult(51);
        };
        var failure = await builder.FailAsync(builder.Job(Archives.File("server.js", "1")));
        Assert.Equal("failed to compile the app; the builder's disk ran full: free some space, and build again", failure.Message);
        builder.Sandboxes.Script = Scripts.Node();
        await AssertRecoveryAsync();
    }

    /// <summary>What was in the way is gone, and a build that fits succeeds.</summary>
    private async Task AssertRecoveryAsync()
    {
        Assert.Empty(builder.Sandboxes.Living);
        Assert.Equal(
            [],
            Directory
                .GetFiles(disk.Path, "*", new EnumerationOptions { RecurseSubdirectories = true })
                .Where(f => f.Contains("spool") || f.Contains("app.next"))
        );
        await builder.BuildAsync(Archives.File("server.js", "1"));
    }

    private static void Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
