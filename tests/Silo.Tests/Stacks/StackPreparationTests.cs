using Microsoft.Extensions.Logging.Abstractions;
using NeetoDeploy.Core.Images;
using NeetoDeploy.Drivers.Abstractions;
using NeetoDeploy.Drivers.Abstractions.Builds;
using NeetoDeploy.Drivers.Fake.Images;
using NeetoDeploy.Silo.Stacks;

namespace NeetoDeploy.Silo.Tests.Stacks;

public sealed class StackPreparationTests
{
    private static readonly StackFile File = new([], null);

    private readonly FakeImageStore images = new(TimeProvider.System);

    [Fact]
    public async Task Whoever_waits_sees_each_step_and_the_end()
    {
        var stacks = new ScriptedStacks();
        using var preparation = new StackPreparation(stacks, File, images, TimeProvider.System, NullLogger<StackPreparation>.Instance);
        Assert.Equal(new StackProgress("neeto-12", false, null, null, 0, false), Assert.Single(preparation.Report.Stacks));

        await preparation.StartAsync(TestContext.Current.CancellationToken);
        await stacks.Said.Task;
        Assert.Equal(
            new StackProgress("neeto-12", false, "Downloading packages", null, 0, false),
            Assert.Single(preparation.Report.Stacks)
        );
        Assert.False(await images.CollectAsync(TestContext.Current.CancellationToken), "The stack's image is pushed meanwhile.");
        stacks.End.SetResult();

        await preparation.ExecuteTask!;
        Assert.True(await images.CollectAsync(TestContext.Current.CancellationToken));
        Assert.Equal(new StackProgress("neeto-12", true, null, null, 0, false), Assert.Single(preparation.Report.Stacks));
    }

    [Fact]
    public async Task A_failure_is_told_with_its_reason()
    {
        var stacks = new ScriptedStacks();
        using var preparation = new StackPreparation(stacks, File, images, TimeProvider.System, NullLogger<StackPreparation>.Instance);
        await preparation.StartAsync(TestContext.Current.CancellationToken);
        stacks.End.SetException(new InvalidOperationException("the disk is full"));

        await Eventually.TrueAsync(() => Task.FromResult(preparation.Report.Stacks[0].Error is not null), "the failure shows");

        Assert.Equal(new StackProgress("neeto-12", false, null, "the disk is full", 1, false), preparation.Report.Stacks[0]);
        await preparation.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_stack_of_the_operator_that_cannot_be_had_holds_up_no_other()
    {
        var stacks = new ScriptedStacks("away", "ours");
        var file = new StackFile([new("away", "a", "b", null), new("ours", "a", "b", null)], "line 2 is wrong");
        using var preparation = new StackPreparation(stacks, file, images, TimeProvider.System, NullLogger<StackPreparation>.Instance);
        Assert.Equal("line 2 is wrong", preparation.Report.Problem);
        await preparation.StartAsync(TestContext.Current.CancellationToken);
        stacks.End.SetResult();

        await Eventually.TrueAsync(() => Task.FromResult(preparation.Report.Stacks.Count(stack => stack.IsReady) == 2), "two are ready");
        await Eventually.TrueAsync(() => Task.FromResult(preparation.Report.Stacks[1].Error is not null), "the failure shows");

        Assert.Equal(new StackProgress("neeto-12", true, null, null, 0, false), preparation.Report.Stacks[0]);
        Assert.Equal(new StackProgress("away", false, null, "no such image", 1, true), preparation.Report.Stacks[1]);
        Assert.Equal(new StackProgress("ours", true, null, null, 0, true), preparation.Report.Stacks[2]);
        await preparation.StopAsync(TestContext.Current.CancellationToken);
    }

    private sealed class ScriptedStacks(params string[] more) : IStacks
    {
        public TaskCompletionSource Said { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource End { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public IReadOnlyList<string> Names => ["neeto-12", .. more];

        public async Task<StackImages> PrepareAsync(string stack, IProgress<string> progress, CancellationToken cancel)
        {
            progress.Report("Downloading packages");
            Said.TrySetResult();
            await End.Task.WaitAsync(cancel);
            if (stack == "away")
                throw new InvalidOperationException("no such image");
            return new(
                stack,
                new ImageRef("127.0.0.1:5001", "stacks/neeto-12", ImageDigest.FromHash(new byte[32])),
                "sha256:b",
                "/cnb",
                1000
            );
        }

        public StackImages? Find(string stack) => null;

        public DriverException? WhyNot(string stack) => null;
    }
}
