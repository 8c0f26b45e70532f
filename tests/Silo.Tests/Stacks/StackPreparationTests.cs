using Microsoft.Extensions.Logging.Abstractions;
using NeetoDeploy.Core.Images;
using NeetoDeploy.Drivers.Abstractions.Builds;
using NeetoDeploy.Drivers.Fake.Images;
using NeetoDeploy.Silo.Stacks;

namespace NeetoDeploy.Silo.Tests.Stacks;

public sealed class StackPreparationTests
{
    private readonly FakeImageStore images = new(TimeProvider.System);

    [Fact]
    public async Task Whoever_waits_sees_each_step_and_the_end()
    {
        var stacks = new ScriptedStacks();
        using var preparation = new StackPreparation(stacks, images, TimeProvider.System, NullLogger<StackPreparation>.Instance);
        Assert.Equal(new StackProgress("neeto-12", false, null, null, 0), Assert.Single(preparation.Progress));

        await preparation.StartAsync(TestContext.Current.CancellationToken);
        await stacks.Said.Task;
        Assert.Equal(new StackProgress("neeto-12", false, "Downloading packages", null, 0), Assert.Single(preparation.Progress));
        Assert.False(await images.CollectAsync(TestContext.Current.CancellationToken), "The stack's image is pushed meanwhile.");
        stacks.End.SetResult();

        await preparation.ExecuteTask!;
        Assert.True(await images.CollectAsync(TestContext.Current.CancellationToken));
        Assert.Equal(new StackProgress("neeto-12", true, null, null, 0), Assert.Single(preparation.Progress));
    }

    [Fact]
    public async Task A_failure_is_told_with_its_reason()
    {
        var stacks = new ScriptedStacks();
        using var preparation = new StackPreparation(stacks, images, TimeProvider.System, NullLogger<StackPreparation>.Instance);
        await preparation.StartAsync(TestContext.Current.CancellationToken);
        stacks.End.SetException(new InvalidOperationException("the disk is full"));

        await Eventually.TrueAsync(() => Task.FromResult(preparation.Progress[0].Error is not null), "the failure shows");

        Assert.Equal(new StackProgress("neeto-12", false, null, "the disk is full", 1), preparation.Progress[0]);
        await preparation.StopAsync(TestContext.Current.CancellationToken);
    }

    private sealed class ScriptedStacks : IStacks
    {
        public TaskCompletionSource Said { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource End { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public IReadOnlyList<string> Names => ["neeto-12"];

        public async Task<StackImages> PrepareAsync(string stack, IProgress<string> progress, CancellationToken cancel)
        {
            progress.Report("Downloading packages");
            Said.TrySetResult();
            await End.Task.WaitAsync(cancel);
            return new(
                stack,
                new ImageRef("127.0.0.1:5001", "stacks/neeto-12", ImageDigest.FromHash(new byte[32])),
                "sha256:b",
                "/cnb",
                1000
            );
        }

        public StackImages? Find(string stack) => null;
    }
}
