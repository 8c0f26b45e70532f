using System.Text.Json.Nodes;
using NeetoDeploy.Builder.Tests.Driver;
using NeetoDeploy.Drivers.Fake.Images;

namespace NeetoDeploy.Builder.Tests.Export;

/// <summary>The same source gives the same digests, whichever machine builds it and when.</summary>
public sealed class ReproducibilityTests
{
    private const string Build = """
        mkdir -p "$1/tools/bin" "$1/tools/env.launch" public/assets
        echo tool > "$1/tools/bin/tool"
        echo value > "$1/tools/env.launch/NAME"
        ln -sf tool "$1/tools/bin/alias"
        echo made > public/assets/made.css
        find "$1" . -exec touch -h -d "$MACHINE_DATE" {} +
        printf '[types]\nlaunch = true\ncache = true\n[metadata]\nversion = "1"\n' > "$1/tools.toml"
        printf '[metadata]\nkept = "x"\n' > "$1/store.toml"
        echo '{"bomFormat":"CycloneDX"}' > "$1/tools.sbom.cdx.json"
        printf '[[processes]]\ntype = "web"\ncommand = ["tool"]\ndefault = true\n[[slices]]\npaths = ["public/assets"]\n' > "$1/launch.toml"
        """;

    private const string Project = """
        [[io.buildpacks.post.group]]
        id = "last/words"
        [io.buildpacks.post.group.script]
        api = "0.12"
        inline = "echo built > words.txt"
        """;

    [Fact]
    public async Task Two_machines_with_other_clocks_and_data_folders_make_the_same_image()
    {
        var (first, layersOfFirst) = await BuildAsync("1999-12-31T23:59:59Z", "server.js", "lib/a.js");
        var (second, layersOfSecond) = await BuildAsync("2031-07-01T12:00:00Z", "lib/a.js", "server.js");

        Assert.Equal(layersOfFirst, layersOfSecond);
        Assert.Equal(first, second);
        Assert.Equal(7, layersOfFirst.Count);
    }

    [Fact]
    public async Task A_machine_that_builds_again_with_what_it_kept_makes_the_image_that_a_fresh_one_makes()
    {
        var (fresh, _) = await BuildAsync("2031-07-01T12:00:00Z", "server.js", "lib/a.js");
        var (again, _) = await BuildAsync("1999-12-31T23:59:59Z", times: 2, "server.js", "lib/a.js");

        Assert.Equal(fresh, again);
    }

    private static Task<(string Digest, IReadOnlyList<string> Layers)> BuildAsync(string date, params string[] files) =>
        BuildAsync(date, 1, files);

    private static async Task<(string Digest, IReadOnlyList<string> Layers)> BuildAsync(string date, int times, params string[] files)
    {
        var clock = new Clock(DateTimeOffset.Parse(date, System.Globalization.CultureInfo.InvariantCulture));
        var store = new FakeImageStore(clock);
        using var builder = await BuilderFixture.StartAsync(
            store,
            o => o with { BuildEnvironment = o.BuildEnvironment.Add("MACHINE_DATE", date) },
            clock
        );
        builder.Buildpack("tools", Build, "sbom-formats = [\"application/vnd.cyclonedx+json\"]");
        builder.Sandboxes.Script = RealLifecycle.Script;
        var job = builder.Job([.. files.Select(f => Dated(f, clock)), Archives.File("project.toml", Project)]);
        var artifact = await builder.BuildAsync(job);
        for (var i = 1; i < times; i++)
            artifact = await builder.BuildAsync(job with { PreviousImage = artifact.Image });
        var image = await PulledImage.FromAsync(store, artifact.Image);
        return (artifact.Image.Digest.ToString(), [.. image.Manifest["layers"]!.AsArray().Select(l => l!["digest"]!.GetValue<string>())]);
    }

    private static System.Formats.Tar.TarEntry Dated(string file, Clock clock)
    {
        var entry = Archives.File(file, file);
        entry.ModificationTime = clock.GetUtcNow();
        return entry;
    }

    private sealed class Clock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
