using NeetoDeploy.Builder.Tests.Export;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Drivers.Fake.Images;

namespace NeetoDeploy.Builder.Tests.Driver;

/// <summary>A buildpack owns the app's and the layers' folders; what it leaves there must not lead the builder, which may be root, elsewhere.</summary>
public sealed class HostileBuildpackTests : IAsyncLifetime
{
    private const string Secret = "the machine's secret";
    private readonly FakeImageStore store = new(TimeProvider.System);
    private BuilderFixture builder = null!;

    private string Outside => Path.Combine(builder.Folder, "outside");

    public async ValueTask InitializeAsync()
    {
        builder = await BuilderFixture.StartAsync(store);
        Directory.CreateDirectory(Outside);
        await File.WriteAllTextAsync(Path.Combine(Outside, "secret.toml"), Secret);
    }

    public ValueTask DisposeAsync()
    {
        builder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task One_that_never_says_whether_it_applies_fails_the_build_before_its_time_is_over()
    {
        using var impatient = await BuilderFixture.StartAsync(store, options => options with { DetectTime = TimeSpan.FromSeconds(3) });
        impatient.Buildpack("slow", build: "");
        var detect = Path.Combine(impatient.Folder, "cnb/buildpacks/slow/1.0.0/bin/detect");
        await File.WriteAllTextAsync(detect, "#!/bin/sh\nsleep infinity & wait\n", TestContext.Current.CancellationToken);
        impatient.Sandboxes.Script = RealLifecycle.Script;

        var failure = await impatient.FailAsync(impatient.Job(Archives.File("index.html", "1")));

        Assert.Equal((BuildPhase.Detect, 29), (failure.Phase, failure.ExitCode));
        Assert.StartsWith("the bin/detect of slow 1.0.0 did not end in time", failure.Message, StringComparison.Ordinal);
        Assert.Contains("has not ended within 3 seconds", impatient.Output.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_in_the_app_is_exported_as_a_link()
    {
        builder.Sandboxes.Script = Scripts.NodeAnd(s => File.CreateSymbolicLink(s["/app/outside"], Outside));
        await AssertSecretStaysAsync();
    }

    [Fact]
    public async Task A_layer_that_is_a_link_is_no_layer()
    {
        builder.Sandboxes.Script = Scripts.NodeAnd(s =>
        {
            Directory.Delete(s["/layers/neeto_nodejs/node"], recursive: true);
            File.CreateSymbolicLink(s["/layers/neeto_nodejs/node"], Outside);
        });
        await AssertExportFailsAsync();
    }

    [Fact]
    public async Task A_buildpacks_folder_that_is_a_link_has_no_layers()
    {
        await File.WriteAllTextAsync(Path.Combine(Outside, "x.toml"), "[types]\nlaunch = true\n");
        Directory.CreateDirectory(Path.Combine(Outside, "x"));
        await File.WriteAllTextAsync(Path.Combine(Outside, "x/secret"), Secret);
        builder.Sandboxes.Script = Scripts.NodeAnd(s =>
        {
            Directory.Delete(s["/layers/neeto_nodejs"], recursive: true);
            File.CreateSymbolicLink(s["/layers/neeto_nodejs"], Outside);
        });
        await AssertSecretStaysAsync();
    }

    [Theory]
    [InlineData("/layers/config/metadata.toml")]
    [InlineData("/layers/config")]
    public async Task Metadata_behind_a_link_is_not_read(string path)
    {
        builder.Sandboxes.Script = Scripts.NodeAnd(s =>
        {
            Directory.Delete(s["/layers/config"], recursive: true);
            if (path.EndsWith(".toml", StringComparison.Ordinal))
                Directory.CreateDirectory(s["/layers/config"]);
            File.CreateSymbolicLink(
                s[path],
                path.EndsWith(".toml", StringComparison.Ordinal) ? Path.Combine(Outside, "secret.toml") : Outside
            );
        });
        await AssertExportFailsAsync();
    }

    [Theory]
    [InlineData("analyzed.toml")]
    [InlineData("previous-metadata.json")]
    [InlineData("phases.json")]
    public async Task What_the_builder_writes_never_goes_through_a_link(string name)
    {
        builder.Sandboxes.Script = Scripts.NodeAnd(s =>
        {
            File.Delete(s[$"/layers/{name}"]);
            File.CreateSymbolicLink(s[$"/layers/{name}"], Path.Combine(Outside, "secret.toml"));
        });
        await builder.BuildAsync(Archives.File("server.js", "1"));
        builder.Sandboxes.Script = Scripts.Node();
        await builder.BuildAsync(Archives.File("server.js", "1"));
        Assert.Equal(Secret, await File.ReadAllTextAsync(Path.Combine(Outside, "secret.toml")));
    }

    [Fact]
    public async Task Links_in_kept_folders_are_removed_without_what_they_point_to()
    {
        builder.Sandboxes.Script = Scripts.NodeAnd(s =>
        {
            File.CreateSymbolicLink(s["/app/outside"], Outside);
            File.CreateSymbolicLink(s["/cache/outside"], Outside);
            Directory.Delete(s["/cache/home"], recursive: true);
            File.CreateSymbolicLink(s["/cache/home"], Outside);
        });
        await builder.BuildAsync(Archives.File("server.js", "1"));
        builder.Sandboxes.Script = Scripts.Node();
        await builder.BuildAsync(Archives.File("server.js", "1"));
        await builder.Driver.PurgeCacheAsync(builder.App, TestContext.Current.CancellationToken);
        Assert.True(File.Exists(Path.Combine(Outside, "secret.toml")));
    }

    [Theory]
    [InlineData("not = [toml")]
    [InlineData("[[processes]]\ntype = \"../../etc/cron.d/x\"\ncommand = [\"x\"]\n")]
    public async Task Broken_metadata_fails_the_build(string toml)
    {
        builder.Sandboxes.Script = Scripts.NodeAnd(s => s.Write("/layers/config/metadata.toml", toml));
        await AssertExportFailsAsync();
    }

    [Fact]
    public async Task Broken_phases_are_no_phases()
    {
        builder.Sandboxes.Script = Scripts.NodeAnd(s =>
            s.Write("/layers/phases.json", """[{"phase":"pull","milliseconds":1},{"phase":"build","milliseconds":99999999999999}]""")
        );
        await builder.BuildAsync(Archives.File("server.js", "1"));
        Assert.DoesNotContain(builder.Output.Phases, p => p.Phase is BuildPhase.Build);
    }

    private async Task AssertExportFailsAsync()
    {
        var failure = await builder.FailAsync(builder.Job(Archives.File("server.js", "1")));
        Assert.Equal((BuildPhase.Export, 62), (failure.Phase, failure.ExitCode));
        Assert.DoesNotContain(Secret, builder.Output.Text);
        builder.AssertNothingLeft();
    }

    private async Task AssertSecretStaysAsync()
    {
        var artifact = await builder.BuildAsync(Archives.File("server.js", "1"));
        var image = await PulledImage.FromAsync(store, artifact.Image);
        Assert.DoesNotContain(image.Layers, l => System.Text.Encoding.UTF8.GetString(l).Contains(Secret, StringComparison.Ordinal));
    }
}
