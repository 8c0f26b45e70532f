using NeetoDeploy.Core.Builds;
using NeetoDeploy.Drivers.Fake.Images;

namespace NeetoDeploy.Builder.Tests.Driver;

/// <summary>What a build says of its image beside the one before.</summary>
public sealed class BuildReportTests : IAsyncLifetime
{
    private readonly FakeImageStore store = new(TimeProvider.System);
    private BuilderFixture builder = null!;

    public async ValueTask InitializeAsync() => builder = await BuilderFixture.StartAsync(store);

    public ValueTask DisposeAsync()
    {
        builder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_first_build_has_nothing_to_compare_with()
    {
        var first = await builder.BuildAsync(Archives.File("server.js", "1"));
        var report = first.Report!;
        Assert.Equal(["launcher", "neeto/nodejs:node", "config", "app"], report.Layers.Select(l => l.Name));
        Assert.All(report.Layers, l => Assert.Equal((l.SizeBytes, null), (l.UploadedBytes, l.PreviousSizeBytes)));
        Assert.Equal((first.SizeBytes, first.UploadedBytes), (report.SizeBytes(), report.UploadedBytes()));
        Assert.Equal((null, CacheMissReason.FirstBuild), (report.PreviousSizeBytes, Assert.Single(report.CacheMisses).Reason));
        Assert.Contains("First build: the app had no layers of its own to reuse", builder.Output.Text);
    }

    [Fact]
    public async Task A_change_of_code_names_the_layer_that_grew()
    {
        var first = await builder.BuildAsync(Archives.File("server.js", "1"));
        var noise = new byte[5000];
        new Random(1).NextBytes(noise);
        var job = builder.Job(Archives.File("server.js", "1"), Archives.File("noise", noise)) with { PreviousImage = first.Image };

        var report = (await builder.BuildAsync(job)).Report!;

        Assert.Equal(first.SizeBytes, report.PreviousSizeBytes);
        Assert.Equal("app", report.Grown()?.Name);
        Assert.True(report.Grown()!.Growth() > 5000, $"{report.Grown()}");
        Assert.Equal(["launcher", "neeto/nodejs:node", "config"], report.Layers.Where(l => l.IsReused()).Select(l => l.Name));
        Assert.Empty(report.CacheMisses);
        Assert.Matches(@"app grew by \d\.\d KB since the release before", builder.Output.Text);
    }

    [Fact]
    public async Task A_layer_that_was_made_anew_says_what_its_buildpack_notes()
    {
        var first = await builder.BuildAsync(Archives.File("server.js", "1"));
        builder.Sandboxes.Script = Scripts.NodeAnd(s =>
        {
            File.WriteAllText(s["/layers/neeto_nodejs/node/bin/node"], "another one");
            var toml = s["/layers/neeto_nodejs/node.toml"];
            File.WriteAllText(toml, File.ReadAllText(toml).Replace("24.1.0", "24.2.0"));
        });

        var second = await builder.BuildAsync(builder.Job(Archives.File("server.js", "1")) with { PreviousImage = first.Image });

        var miss = Assert.Single(second.Report!.CacheMisses);
        Assert.Equal(new CacheMiss("neeto/nodejs:node", CacheMissReason.NotesChanged, "version: 24.1.0 → 24.2.0"), miss);
        Assert.Contains("neeto/nodejs:node was made anew: version: 24.1.0 → 24.2.0", builder.Output.Text);
    }

    [Fact]
    public async Task Bills_of_materials_are_named()
    {
        builder.Sandboxes.Script = Scripts.NodeAnd(s => s.Write("/layers/sbom/launch/neeto_nodejs/node/sbom.cdx.json", "{}"));
        var report = (await builder.BuildAsync(Archives.File("server.js", "1"))).Report!;
        Assert.Equal(["neeto_nodejs/node/sbom.cdx.json"], report.Sboms);
        Assert.Contains("sbom", report.Layers.Select(l => l.Name));
    }

    [Fact]
    public async Task On_another_stack_nothing_of_the_first_one_is_used()
    {
        var first = await builder.BuildAsync(Archives.File("server.js", "1"));
        Assert.True(Directory.Exists(Path.Combine(builder.AppFolder, "layers/neeto_nodejs/node")));
        builder.Stacks.Images = builder.Stacks.Images with { Stack = "heroku-24" };
        builder.Sandboxes.Script = async (sandbox, cancel) =>
        {
            Assert.False(Directory.Exists(sandbox["/layers/neeto_nodejs"]));
            Assert.Equal("{}", await File.ReadAllTextAsync(sandbox["/layers/previous-metadata.json"], cancel));
            return await Scripts.Node()(sandbox, cancel);
        };

        var job = builder.Job(Archives.File("server.js", "1")) with { Stack = "heroku-24", PreviousImage = first.Image };
        var miss = Assert.Single((await builder.BuildAsync(job)).Report!.CacheMisses);

        Assert.Equal((CacheMissReason.NewStack, "neeto-12 → heroku-24"), (miss.Reason, miss.Detail));
    }

    [Fact]
    public async Task After_a_purge_the_build_says_that_nothing_was_kept()
    {
        var first = await builder.BuildAsync(Archives.File("server.js", "1"));
        await builder.Driver.PurgeCacheAsync(builder.App, TestContext.Current.CancellationToken);
        var second = await builder.BuildAsync(builder.Job(Archives.File("server.js", "1")) with { PreviousImage = first.Image });
        Assert.Equal(CacheMissReason.Purged, Assert.Single(second.Report!.CacheMisses).Reason);
    }
}
