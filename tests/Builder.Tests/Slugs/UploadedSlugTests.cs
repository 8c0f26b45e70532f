using System.Collections.Immutable;
using System.Formats.Tar;
using System.Security.Cryptography;
using NeetoDeploy.Builder.Tests.Driver;
using NeetoDeploy.Builder.Tests.Export;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Drivers.Abstractions.Builds;
using NeetoDeploy.Drivers.Fake.Images;

namespace NeetoDeploy.Builder.Tests.Slugs;

public sealed class UploadedSlugTests : IAsyncLifetime
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
    public async Task A_slug_becomes_an_image_without_a_sandbox()
    {
        var artifact = await builder.BuildAsync(
            Slug(
                "web: bin/serve $PORT",
                Archives.File("./app/bin/serve", "#!/bin/sh", executable: true),
                Archives.File("./app/.profile.d/path.sh", "export A=1"),
                Archives.File("./app/vendor/lib.so", "lib"),
                Archives.File("./app/.slugignore", "bin"),
                Archives.Link("./app/current", "/app/bin")
            )
        );

        Assert.Equal(["web: bin/serve $PORT"], artifact.ProcessTypes.Select(p => $"{p.Key}: {p.Value}"));
        Assert.Empty(artifact.Buildpacks);
        Assert.Empty(builder.Sandboxes.Started);
        Assert.Equal([artifact.Image], builder.Dynos.Pulled);
        Assert.Equal([BuildPhase.Prepare, BuildPhase.Export, BuildPhase.Pull], builder.Output.Phases.Select(p => p.Phase));
        var image = await PulledImage.FromAsync(store, artifact.Image);
        var last = image.Layers.Select(l => GnuTar.List(l)[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries)[5]);
        Assert.Equal(["etc/os-release", "cnb/lifecycle/launcher", "layers/config/metadata.toml", "app/vendor/lib.so", "app/vendor/"], last);
        Assert.Contains(GnuTar.List(image.Layers[4]), l => l.StartsWith("-rwx", StringComparison.Ordinal) && l.Contains("app/bin/serve"));
        Assert.Equal("""["/cnb/process/web"]""", image.Settings["Entrypoint"]!.ToJsonString());
        builder.AssertNothingLeft();
        Assert.False(Path.Exists(Path.Combine(builder.AppFolder, "slug")));
    }

    [Fact]
    public async Task Process_types_come_from_the_Procfile_when_the_request_has_none()
    {
        var files = new[] { Archives.File("app/Procfile", "web: ./run\nworker: ./work --all\n"), Archives.File("app/run", "") };
        var artifact = await builder.BuildAsync(Slug("", files));
        Assert.Equal(["web: ./run", "worker: ./work --all"], artifact.ProcessTypes.Select(p => $"{p.Key}: {p.Value}"));
        Assert.Equal("web", Assert.Single((await builder.BuildAsync(Slug("web: ./run", files))).ProcessTypes.Keys));
    }

    [Fact]
    public async Task What_a_build_keeps_is_not_touched_by_a_slug()
    {
        await builder.BuildAsync(Archives.File("server.js", "1"));
        var before = File.ReadAllText(Path.Combine(builder.AppFolder, "state/source.json"));
        await builder.BuildAsync(Slug("web: x", Archives.File("app/x", "")));
        Assert.Equal(before, File.ReadAllText(Path.Combine(builder.AppFolder, "state/source.json")));
        Assert.Equal("1", File.ReadAllText(Path.Combine(builder.AppFolder, "app/server.js")));
    }

    public static TheoryData<string, TarEntry[]> Refused =>
        new()
        {
            { "this one holds server.js", [Archives.File("server.js", "")] },
            { "this one holds etc", [Archives.File("app/x", ""), Archives.File("etc/passwd", "")] },
            { "this one holds evil", [Archives.File("app/x", ""), Archives.Link("evil", "app/x")] },
            { "outside of the app: ../../etc", [Archives.File("app/x", ""), Archives.Link("app/evil", "../../etc")] },
            { "outside of the app: /layers/../etc", [Archives.File("app/x", ""), Archives.Link("app/evil", "/layers/../etc")] },
            { "this one holds layers/x.toml", [Archives.File("app/x", ""), Archives.File("layers/x.toml", "")] },
            { "this one holds layers/a/x.toml", [Archives.File("app/x", ""), Archives.File("layers/a/x.toml", "")] },
            { "this one holds layers/config/x", [Archives.File("app/x", ""), Archives.Link("layers/config/x", "/etc")] },
            { "this one holds layers/sbom/x/y", [Archives.File("app/x", ""), Archives.File("layers/sbom/x/y", "")] },
            { "this one holds layers", [Archives.File("app/x", ""), Archives.Link("layers", "/etc")] },
            {
                "in the folder a/b/l, which is a link",
                [Archives.File("layers/a/b/c", ""), Archives.Link("layers/a/b/l", "/tmp"), Archives.Link("layers/a/b/l/evil", "x")]
            },
            { "no layers/config/metadata.toml", [Archives.File("app/x", ""), Archives.File("layers/a/b/c", "")] },
            { "metadata.toml cannot be read", [Archives.File("app/x", ""), Archives.File("layers/config/metadata.toml", "nonsense")] },
            { "no such folder", [Archives.File("app", "a file")] },
            { "put a Procfile into ./app", [Archives.File("app/x", "")] },
            { "Procfile line 1", [Archives.File("app/Procfile", "nonsense")] },
        };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task A_slug_that_cannot_run_is_refused_with_the_reason(string reason, TarEntry[] files)
    {
        var failure = await builder.FailAsync(Slug("", files));
        Assert.Equal(BuildPhase.Prepare, failure.Phase);
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
        builder.AssertNothingLeft();
    }

    [Fact]
    public async Task A_checksum_that_does_not_fit_fails_the_slug_and_one_that_fits_does_not()
    {
        var job = Slug("web: x", Archives.File("app/x", ""));
        var hash = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(new Uri(job.Source.Url).LocalPath)));
        await builder.BuildAsync(job with { Source = job.Source with { Checksum = $"SHA256:{hash}" } });
        var failure = await builder.FailAsync(job with { Source = job.Source with { Checksum = $"SHA256:{new string('0', 64)}" } });
        Assert.Contains("checksum", failure.Message, StringComparison.Ordinal);
    }

    private BuildJob Slug(string processTypes, params TarEntry[] files) =>
        builder.Job(files) with
        {
            Slug = new SlugSpec(
                Guid.NewGuid(),
                processTypes
                    .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                    .Select(line => line.Split(": ", 2))
                    .ToImmutableSortedDictionary(pair => pair[0], pair => pair[1]),
                null,
                null,
                null
            ),
        };
}
