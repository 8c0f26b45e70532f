using NeetoDeploy.Builder.Posix;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Drivers.Fake.Images;

namespace NeetoDeploy.Builder.Tests.Driver;

/// <summary>Builds that take more than they may.</summary>
public sealed class SandboxGuardTests : IAsyncLifetime
{
    private BuilderFixture builder = null!;

    public async ValueTask InitializeAsync() =>
        builder = await BuilderFixture.StartAsync(
            new FakeImageStore(TimeProvider.System),
            o => o with { LargestBuildBytes = 4 << 20, MostBuildFiles = 100, LargestOutputBytes = 1 << 20, EndlessOutputBytes = 3 << 20 }
        );

    public ValueTask DisposeAsync()
    {
        builder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("/tmp/large")]
    [InlineData("/app/large")]
    [InlineData("/layers/large")]
    [InlineData("/cache/large")]
    public async Task A_build_that_writes_without_end_is_stopped_and_what_it_wrote_is_gone(string file)
    {
        var failure = await FailAsync(sandbox => File.WriteAllBytes(sandbox[file], new byte[5 << 20]));
        Assert.StartsWith("the build wrote more than 4 MB; sources, layers, cache and temporary files count. Leave out", failure.Message);
    }

    [Fact]
    public async Task A_build_that_makes_files_without_end_is_stopped_and_they_are_gone()
    {
        var failure = await FailAsync(sandbox =>
        {
            for (var i = 0; i < 101; i++)
                File.WriteAllText(sandbox[$"/layers/{i}"], "");
        });
        Assert.StartsWith("the build made more than 100 files. Leave out", failure.Message);
    }

    [Fact]
    public async Task Output_without_end_fails_the_build()
    {
        builder.Sandboxes.Script = async (sandbox, cancel) =>
        {
            while (true)
            {
                await Task.Yield();
                cancel.ThrowIfCancellationRequested();
                await sandbox.SayAsync(new string('x', 1 << 16));
            }
        };
        var failure = await builder.FailAsync(builder.Job(Archives.File("server.js", "1")));
        Assert.Equal("the build wrote more than 3 MB of output: have it print less", failure.Message);
        Assert.InRange(builder.Output.Length, 1 << 20, (1 << 20) + 4096);
        await AssertTheNextBuildSucceedsAsync();
    }

    [Fact]
    public void A_link_measures_nothing_wherever_it_leads()
    {
        using var folder = new TempFolder();
        File.WriteAllBytes(folder["ten"], new byte[10]);
        File.CreateSymbolicLink(folder["up"], "/usr");
        File.CreateSymbolicLink(folder["broken"], "/no/such/file");
        Assert.Equal(
            new FolderSize(10, 3),
            FolderSize.Of([folder.Path], long.MaxValue, long.MaxValue, TestContext.Current.CancellationToken)
        );
    }

    /// <summary>Runs a build that does this and then never ends by itself.</summary>
    private async Task<BuildFailure> FailAsync(Action<ScriptedSandbox> act)
    {
        builder.Sandboxes.Script = async (sandbox, cancel) =>
        {
            act(sandbox);
            await Task.Delay(Timeout.Infinite, cancel);
            return 0;
        };
        var failure = await builder.FailAsync(builder.Job(Archives.File("server.js", "1")));
        Assert.Empty(Directory.GetFiles(builder.AppFolder, "large", SearchOption.AllDirectories));
        await AssertTheNextBuildSucceedsAsync();
        return failure;
    }

    private async Task AssertTheNextBuildSucceedsAsync()
    {
        builder.AssertNothingLeft();
        builder.Sandboxes.Script = Scripts.Node();
        await builder.BuildAsync(Archives.File("server.js", "1"));
    }
}
