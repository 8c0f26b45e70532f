using System.Text.Json.Nodes;
using NeetoDeploy.Builder.Tests.Driver;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Core.Images;
using NeetoDeploy.Drivers.Fake.Images;

namespace NeetoDeploy.Builder.Tests.Export;

/// <summary>What an image says of itself, and how the next build uses it.</summary>
public sealed class ImageLabelTests : IAsyncLifetime
{
    private const string Sbom = "/layers/sbom/launch/neeto_nodejs/node/sbom.cdx.json";

    private readonly FakeImageStore store = new(TimeProvider.System);
    private BuilderFixture builder = null!;

    public async ValueTask InitializeAsync() => builder = await BuilderFixture.StartAsync(store);

    public ValueTask DisposeAsync()
    {
        builder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task The_lifecycle_s_metadata_name_every_layer_and_the_run_image()
    {
        builder.Sandboxes.Script = Scripts.NodeAnd(s =>
        {
            s.Write(Sbom, "{}");
            s.Write("/layers/neeto_nodejs/store.toml", "[metadata]\nkept = [1, true]\n");
        });
        var image = await BuildAsync();

        var ids = image.Config["rootfs"]!["diff_ids"]!.AsArray().Select(d => d!.GetValue<string>()).ToList();
        Assert.Equal(
            $$$$"""
            {"app":[{"sha":"{{{{ids[5]}}}}"}],
            "config":{"sha":"{{{{ids[4]}}}}"},
            "exec-env":"production",
            "launcher":{"sha":"{{{{ids[1]}}}}"},
            "buildpacks":[{"key":"neeto/nodejs","version":"1.0.0",
            "layers":{"node":{"sha":"{{{{ids[2]}}}}","data":{"version":"24.1.0"},"build":false,"launch":true,"cache":true}},
            "store":{"metadata":{"kept":[1,true]}}}],
            "runImage":{"image":"stacks/neeto-12","topLayer":"{{{{ids[0]}}}}","reference":"stacks/neeto-12@{{{{builder.Stacks.Find(
                "neeto-12"
            )!.RunImage.Digest}}}}"},
            "stack":{"runImage":{"image":"stacks/neeto-12"}},
            "sbom":{"sha":"{{{{ids[3]}}}}"}}
            """.ReplaceLineEndings(
                ""
            ),
            Label(image, "io.buildpacks.lifecycle.metadata")
        );
        Assert.Contains(
            GnuTar.List(image.Layers[3]),
            l => l.EndsWith(" layers/sbom/launch/neeto_nodejs/node/sbom.cdx.json", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task The_build_s_metadata_name_processes_buildpacks_and_the_launcher()
    {
        var image = await BuildAsync();

        Assert.Equal(
            """
            {"processes":[
            {"type":"web","command":["bash","-c","node server.js"],"args":[],"direct":true,"working-dir":"","buildpackID":"neeto/nodejs","exec-env":[]},
            {"type":"worker","command":["node"],"args":["worker.js"],"direct":true,"working-dir":"","buildpackID":"neeto/nodejs","exec-env":["*"]}],
            "buildpacks":[{"id":"neeto/nodejs","version":"1.0.0","homepage":"","api":"0.11"}],
            "launcher":{"version":"0.1.0"}}
            """.ReplaceLineEndings(""),
            Label(image, "io.buildpacks.build.metadata")
        );
        Assert.Equal("production", Label(image, "io.buildpacks.exec-env"));
        Assert.Equal("true", Label(image, "io.buildpacks.rebasable"));
        Assert.Equal("neeto-12", Label(image, "io.buildpacks.stack.id"));
    }

    [Theory]
    [InlineData(null, """{"source":{"type":"source"}}""")]
    [InlineData("v12", """{"source":{"type":"source","version":{"declared":"v12"}}}""")]
    [InlineData(
        "0123456789abcdef0123456789abcdef01234567",
        """{"source":{"type":"git","version":{"commit":"0123456789abcdef0123456789abcdef01234567"}}}"""
    )]
    public async Task The_project_s_metadata_name_the_source(string? version, string metadata)
    {
        var job = builder.Job(Archives.File("server.js", "1"));

        var artifact = await builder.BuildAsync(job with { Source = job.Source with { Version = version } });

        Assert.Equal(metadata, Label(await PulledImage.FromAsync(store, artifact.Image), "io.buildpacks.project.metadata"));
    }

    [Fact]
    public async Task Labels_of_buildpacks_are_added_and_the_last_word_counts_and_none_replaces_the_platform_s()
    {
        const string Labels = """
            [[labels]]
            key = "maintainer"
            value = "first"
            [[labels]]
            key = "maintainer"
            value = "last"
            [[labels]]
            key = "io.buildpacks.rebasable"
            value = "maybe"
            """;
        builder.Sandboxes.Script = Scripts.NodeAnd(s => Scripts.Metadata(s, "node server.js", Labels));

        var image = await BuildAsync();

        Assert.Equal(("last", "true"), (Label(image, "maintainer"), Label(image, "io.buildpacks.rebasable")));
    }

    [Theory]
    [InlineData(null, "1980-01-01T00:00:01Z")]
    [InlineData("1700000000", "2023-11-14T22:13:20Z")]
    [InlineData("soon", "1980-01-01T00:00:01Z")]
    [InlineData("99999999999999", "1980-01-01T00:00:01Z")]
    public async Task A_config_var_sets_the_time_that_the_image_tells(string? epoch, string created)
    {
        var job = builder.Job(Archives.File("server.js", "1"));

        var artifact = await builder.BuildAsync(
            epoch is null ? job : job with { Environment = job.Environment.Add("SOURCE_DATE_EPOCH", epoch) }
        );

        Assert.Equal(created, (await PulledImage.FromAsync(store, artifact.Image)).Config["created"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_report_tells_which_image_was_made()
    {
        var artifact = await builder.BuildAsync(Archives.File("server.js", "1"));

        var report = File.ReadAllText(Path.Combine(builder.AppFolder, "layers/report.toml"));
        Assert.Contains($"digest = \"{artifact.Image.Digest}\"", report, StringComparison.Ordinal);
        Assert.Contains("manifest-size = ", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_lifecycle_is_told_of_the_run_image_and_of_the_last_image()
    {
        var first = await builder.BuildAsync(Archives.File("server.js", "1"));
        await builder.BuildAsync(builder.Job(Archives.File("server.js", "1")) with { PreviousImage = first.Image });

        var analyzed = File.ReadAllText(Path.Combine(builder.AppFolder, "layers/analyzed.toml"));
        foreach (
            var part in new[]
            {
                $"reference = \"{first.Image}\"",
                "os = \"linux\"",
                "arch = \"amd64\"",
                "name = \"debian\"",
                "version = \"12\"",
            }
        )
            Assert.Contains(part, analyzed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bills_of_materials_come_from_the_last_image_when_the_kept_layers_are_lost()
    {
        builder.Sandboxes.Script = Scripts.NodeAnd(s => s.Write(Sbom, """{"bomFormat":"CycloneDX"}"""));
        var first = await builder.BuildAsync(Archives.File("server.js", "1"));
        await builder.Driver.PurgeCacheAsync(builder.App, TestContext.Current.CancellationToken);
        var found = "";
        builder.Sandboxes.Script = Scripts.NodeAnd(s => found = File.ReadAllText(s[Sbom]));

        var second = await builder.BuildAsync(builder.Job(Archives.File("server.js", "1")) with { PreviousImage = first.Image });

        Assert.Equal("""{"bomFormat":"CycloneDX"}""", found);
        Assert.Equal(first.Image, second.Image);
    }

    [Fact]
    public async Task A_slice_with_a_malformed_pattern_fails_the_export()
    {
        builder.Sandboxes.Script = Scripts.NodeAnd(s => Scripts.Metadata(s, "node server.js", "[[slices]]\npaths = [\"[a\"]\n"));

        var failure = await builder.FailAsync(builder.Job(Archives.File("server.js", "1")));

        Assert.Equal((BuildPhase.Export, 62), (failure.Phase, failure.ExitCode));
        Assert.Contains("'[a' is no pattern of paths", failure.Message, StringComparison.Ordinal);
    }

    private async Task<PulledImage> BuildAsync() =>
        await PulledImage.FromAsync(store, (await builder.BuildAsync(Archives.File("server.js", "1"))).Image);

    private static string Label(PulledImage image, string name) => image.Settings["Labels"]![name]!.GetValue<string>();
}
