using NeetoDeploy.Drivers.Fake.Images;

namespace NeetoDeploy.Builder.Tests.Driver;

/// <summary>What an attempt leaves when its process is killed, and who removes it.</summary>
public sealed class DeadAttemptTests : IAsyncLifetime
{
    private BuilderFixture builder = null!;

    public async ValueTask InitializeAsync() => builder = await BuilderFixture.StartAsync(new FakeImageStore(TimeProvider.System));

    public ValueTask DisposeAsync()
    {
        builder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Cleaning_up_removes_sandbox_secrets_and_scratch_and_keeps_the_cache()
    {
        var job = await DieAsync();
        await builder.Driver.CleanUpAsync(job.Id, TestContext.Current.CancellationToken);
        Assert.Equal([job.Id.ToString()], builder.Sandboxes.Removed);
        builder.AssertNothingLeft();
        Assert.True(Directory.Exists(Path.Combine(builder.AppFolder, "layers/neeto_nodejs/node")));
    }

    [Fact]
    public async Task Cleaning_up_after_a_build_that_left_nothing_is_harmless()
    {
        var job = await DieAsync();
        await builder.Driver.CleanUpAsync(new(Guid.NewGuid()), TestContext.Current.CancellationToken);
        Assert.True(File.Exists(Path.Combine(builder.AppFolder, "platform/env/SECRET")), "another build's folder was cleaned");
        await builder.Driver.CleanUpAsync(job.Id, TestContext.Current.CancellationToken);
        await builder.Driver.CleanUpAsync(job.Id, TestContext.Current.CancellationToken);
        builder.AssertNothingLeft();
    }

    [Fact]
    public async Task The_apps_next_build_removes_a_dead_one_first()
    {
        var dead = await DieAsync();
        await builder.BuildAsync(Archives.File("server.js", "2"));
        Assert.Equal([$"{dead.Id}.1"], builder.Sandboxes.Removed);
        builder.AssertNothingLeft();
    }

    [Fact]
    public async Task Cleaning_up_stops_an_attempt_that_still_runs_here()
    {
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        builder.Sandboxes.Script = async (_, cancel) =>
        {
            entered.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, cancel);
            return 0;
        };
        var job = builder.Job(Archives.File("server.js", "1"));
        var run = builder.RunAsync(job);
        await entered.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        await builder.Driver.CleanUpAsync(job.Id, TestContext.Current.CancellationToken);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        builder.AssertNothingLeft();
    }

    [Fact]
    public async Task Purging_the_cache_forgets_the_app()
    {
        await builder.BuildAsync(Archives.File("server.js", "1"));
        await builder.Driver.PurgeCacheAsync(builder.App, TestContext.Current.CancellationToken);
        Assert.False(Directory.Exists(builder.AppFolder));
        await builder.Driver.PurgeCacheAsync(builder.App, TestContext.Current.CancellationToken);
        await builder.BuildAsync(Archives.File("server.js", "1"));
    }

    /// <summary>A build after whose sandbox the process was killed: what it would have removed is there again.</summary>
    private async Task<NeetoDeploy.Drivers.Abstractions.Builds.BuildJob> DieAsync()
    {
        var job = builder.Job(Archives.File("server.js", "1"));
        await builder.BuildAsync(job);
        foreach (var folder in new[] { "app.next", "platform/env", "state/spool" })
            Directory.CreateDirectory(Path.Combine(builder.AppFolder, folder));
        await File.WriteAllTextAsync(Path.Combine(builder.AppFolder, "platform/env/SECRET"), "x");
        await File.WriteAllTextAsync(Path.Combine(builder.AppFolder, "state/attempt"), $"{job.Id}.{job.Attempt}");
        return job;
    }
}
