using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Drivers.Abstractions.Builds;
using NeetoDeploy.Drivers.Fake.Images;

namespace NeetoDeploy.Builder.Tests.Driver;

/// <summary>What is kept between builds, and what goes when it is too much.</summary>
public sealed class KeptCachesTests : IDisposable
{
    private readonly AppId first = new(Guid.NewGuid());
    private readonly AppId second = new(Guid.NewGuid());
    private BuilderFixture? builder;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => builder?.Dispose();

    [Fact]
    public async Task The_least_recently_built_app_gives_back_first_and_builds_again()
    {
        await StartAsync(o => o with { KeptCacheBytes = 5 << 20 });
        await BuildAsync(first);
        await BuildAsync(second);
        await builder!.Driver.TrimCachesAsync(Cancel);
        Assert.False(Keeps(first));
        Assert.True(Keeps(second));
        await BuildAsync(first);
        Assert.True(Keeps(first));
    }

    [Fact]
    public async Task What_was_given_back_counts_no_more_and_what_was_built_since_does()
    {
        await StartAsync(o => o with { KeptCacheBytes = 5 << 20 });
        await BuildAsync(first);
        await BuildAsync(second);
        await builder!.Driver.TrimCachesAsync(Cancel);
        await builder.Driver.TrimCachesAsync(Cancel);
        Assert.True(Keeps(second));
        await BuildAsync(first);
        await builder.Driver.TrimCachesAsync(Cancel);
        Assert.True(Keeps(first));
        Assert.False(Keeps(second));
    }

    [Fact]
    public async Task Nothing_goes_while_there_is_room()
    {
        await StartAsync(o => o);
        await BuildAsync(first);
        await BuildAsync(second);
        await builder!.Driver.TrimCachesAsync(Cancel);
        Assert.True(Keeps(first) && Keeps(second));
    }

    [Fact]
    public async Task What_has_not_been_used_for_long_goes_although_there_is_room()
    {
        await StartAsync(o => o with { KeptCacheAge = TimeSpan.FromDays(30) });
        await BuildAsync(first);
        await BuildAsync(second);
        Directory.SetLastWriteTimeUtc(
            Path.Combine(FolderOf(first), "state"),
            TimeProvider.System.GetUtcNow().UtcDateTime - TimeSpan.FromDays(31)
        );
        await builder!.Driver.TrimCachesAsync(Cancel);
        Assert.False(Keeps(first));
        Assert.True(Keeps(second));
    }

    [Fact]
    public async Task On_a_disk_that_is_nearly_full_all_go_but_what_a_build_is_using()
    {
        await StartAsync(o => o with { FloorFreeBytes = long.MaxValue });
        await BuildAsync(second);
        builder!.Sandboxes.Script = async (sandbox, cancel) =>
        {
            var exitCode = await Scripts.NodeAnd(Keep)(sandbox, cancel);
            await builder.Driver.TrimCachesAsync(cancel);
            return exitCode;
        };
        await builder.BuildAsync(Job(first));
        Assert.True(Keeps(first));
        Assert.False(Keeps(second));
    }

    private async Task StartAsync(Func<BuilderOptions, BuilderOptions> adjust) =>
        builder = await BuilderFixture.StartAsync(new FakeImageStore(TimeProvider.System), o => adjust(o with { FloorFreeBytes = 0 }));

    private async Task<BuildArtifact> BuildAsync(AppId app)
    {
        builder!.Sandboxes.Script = Scripts.NodeAnd(Keep);
        return await builder.BuildAsync(Job(app));
    }

    private BuildJob Job(AppId app) => builder!.Job(Archives.File("server.js", "1")) with { App = app };

    private static void Keep(ScriptedSandbox sandbox) => File.WriteAllBytes(sandbox["/cache/kept"], new byte[4 << 20]);

    private bool Keeps(AppId app) => File.Exists(Path.Combine(FolderOf(app), "cache", "kept"));

    private string FolderOf(AppId app) => Path.Combine(Path.GetDirectoryName(builder!.AppFolder)!, app.ToString());
}
