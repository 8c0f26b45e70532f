using System.Collections.Immutable;
using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;
using NeetoDeploy.Builder.Builds;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Core.Images;
using NeetoDeploy.Drivers.Abstractions.Builds;
using NeetoDeploy.Drivers.Abstractions.Images;
using NeetoDeploy.Drivers.Fake.Dynos;

namespace NeetoDeploy.Builder.Tests.Driver;

/// <summary>The builder with scripted sandboxes, a stack of one tiny layer, and the image store that a test chooses.</summary>
internal sealed class BuilderFixture : IDisposable
{
    private const string Stack = "neeto-12";
    private readonly TempFolder folder = new();

    private BuilderFixture(IImageStore store, ImageRef runImage, Func<BuilderOptions, BuilderOptions>? adjust, TimeProvider time)
    {
        Store = store;
        Directory.CreateDirectory(folder["sources"]);
        Directory.CreateDirectory(folder["cnb/lifecycle"]);
        Directory.CreateDirectory(folder["cnb/buildpacks/neeto_nodejs/1.0.0"]);
        File.WriteAllText(folder["cnb/lifecycle/launcher"], "launcher");
        File.WriteAllText(
            folder["cnb/buildpacks/neeto_nodejs/1.0.0/buildpack.toml"],
            "[buildpack]\nid = \"neeto/nodejs\"\nname = \"Node.js\"\n"
        );
        Directory.CreateDirectory(folder["cnb/buildpacks/neeto_procfile/1.0.0"]);
        Stacks = new ScriptedStacks(new StackImages(Stack, runImage, "build-image", folder["cnb"], 1000));
        Dockerfiles = new ScriptedDockerfiles(store);
        var options = new BuilderOptions
        {
            BuildsDirectory = folder["builds"],
            SourceDirectories = [folder["sources"]],
            // No test asks the internet.
            ClassicRegistry = new Uri("http://127.0.0.1:1"),
            BuildpackIndex = new Uri("http://127.0.0.1:1"),
        };
        Driver = new LocalBuildDriver(adjust?.Invoke(options) ?? options, Stacks, Sandboxes, Dockerfiles, Dockerfiles, store, Dynos, time);
    }

    public AppId App { get; } = new(Guid.NewGuid());

    public IImageStore Store { get; }

    public ScriptedStacks Stacks { get; }

    public ScriptedSandboxes Sandboxes { get; } = new();

    public ScriptedDockerfiles Dockerfiles { get; }

    public FakeDynoDriver Dynos { get; } = new(TimeProvider.System);

    public LocalBuildDriver Driver { get; }

    public RecordedOutput Output { get; private set; } = new();

    /// <summary>The builder's folder of the app.</summary>
    public string AppFolder => folder[$"builds/{App}"];

    public string Folder => folder.Path;

    public static async Task<BuilderFixture> StartAsync(
        IImageStore store,
        Func<BuilderOptions, BuilderOptions>? adjust = null,
        TimeProvider? time = null
    ) => new(store, await SeedRunImageAsync(store), adjust, time ?? TimeProvider.System);

    /// <summary>Adds a bundled buildpack whose build program is the given bash lines, alone in the order.</summary>
    public void Buildpack(string id, string build, string more = "")
    {
        var program = folder[$"cnb/buildpacks/{id}/1.0.0/bin"];
        Directory.CreateDirectory(program);
        File.WriteAllText(
            folder[$"cnb/buildpacks/{id}/1.0.0/buildpack.toml"],
            $"api = \"0.12\"\n[buildpack]\nid = \"{id}\"\nversion = \"1.0.0\"\n{more}\n"
        );
        File.WriteAllText(folder["cnb/order.toml"], $"[[order]]\n[[order.group]]\nid = \"{id}\"\n");
        foreach (var (name, lines) in new[] { ("detect", ""), ("build", build) })
        {
            File.WriteAllText(Path.Combine(program, name), $"#!/usr/bin/env bash\nset -eu\n{lines}\n");
            File.SetUnixFileMode(Path.Combine(program, name), (UnixFileMode)0b111_101_101);
        }
    }

    /// <summary>Gives the stack a new run image, as its next version would be; a line of os-release makes it another one.</summary>
    public async Task<ImageRef> UpdateStackAsync(
        string line = "UPDATED=1",
        string repository = $"stacks/{Stack}",
        string architecture = "amd64",
        string version = "12"
    )
    {
        var image = await SeedRunImageAsync(Store, line, repository, architecture, version);
        Stacks.Images = Stacks.Images with { RunImage = image };
        return image;
    }

    public void Dispose()
    {
        Driver.DisposeAsync().AsTask().GetAwaiter().GetResult();
        folder.Dispose();
    }

    public BuildJob Job(params IEnumerable<TarEntry> files)
    {
        var archive = folder[$"sources/{Guid.NewGuid()}.tar"];
        File.WriteAllBytes(archive, Archives.Tar(files));
        return new BuildJob(
            new BuildId(Guid.NewGuid()),
            1,
            App,
            AppName.Parse("shop"),
            Stack,
            new SourceRef($"file://{archive}", "abc123", null),
            [],
            ImmutableSortedDictionary<string, string>.Empty,
            null,
            TimeSpan.FromMinutes(15)
        );
    }

    public Task<BuildOutcome> RunAsync(BuildJob job, CancellationToken? cancel = null)
    {
        Output = new RecordedOutput();
        return Driver.RunAsync(job, Output, cancel ?? TestContext.Current.CancellationToken);
    }

    public async Task<BuildArtifact> BuildAsync(BuildJob job) =>
        (await RunAsync(job)).Match(
            succeeded => succeeded.Artifact,
            failed => throw new Xunit.Sdk.XunitException($"The build failed: {failed.Failure}\n{Output.Text}")
        );

    public Task<BuildArtifact> BuildAsync(params IEnumerable<TarEntry> files) => BuildAsync(Job(files));

    public async Task<BuildFailure> FailAsync(BuildJob job) =>
        (await RunAsync(job)).Match(succeeded => throw new Xunit.Sdk.XunitException("The build succeeded."), failed => failed.Failure);

    /// <summary>What nothing may be left of once a build is over, however it ended.</summary>
    public void AssertNothingLeft()
    {
        Assert.Empty(Sandboxes.Living);
        foreach (var path in new[] { "app.next", "platform", "tmp", "state/spool", "state/attempt" })
            Assert.False(Path.Exists(Path.Combine(AppFolder, path)), $"{path} is left");
    }

    private static async Task<ImageRef> SeedRunImageAsync(
        IImageStore store,
        string line = "ID=debian",
        string repository = $"stacks/{Stack}",
        string architecture = "amd64",
        string version = "12"
    )
    {
        var tar = Archives.Tar(Archives.File("etc/os-release", line));
        var layer = await PutAsync(store, repository, Archives.Gzip(tar));
        var config = await PutAsync(
            store,
            repository,
            Encoding.UTF8.GetBytes(
                $$$"""
                {"architecture":"{{{architecture}}}","os":"linux","config":{"StopSignal":"SIGINT","Cmd":["bash"],"Env":["PATH=/usr/bin:/bin","LANG=C.UTF-8"],"Labels":{"io.buildpacks.base.distro.name":"debian","io.buildpacks.base.distro.version":"{{{version}}}","io.buildpacks.stack.id":"{{{Stack}}}","maintainer":"{{{line}}}"}},
                 "rootfs":{"type":"layers","diff_ids":["{{{ImageDigest.FromHash(SHA256.HashData(tar))}}}"]}}
                """
            )
        );
        var manifest = Encoding.UTF8.GetBytes(
            $$"""
            {"schemaVersion":2,"mediaType":"application/vnd.docker.distribution.manifest.v2+json",
             "config":{"mediaType":"application/vnd.docker.container.image.v1+json","digest":"{{config.Digest}}","size":{{config.Size}}},
             "layers":[{"mediaType":"application/vnd.docker.image.rootfs.diff.tar.gzip","digest":"{{layer.Digest}}","size":{{layer.Size}}}]}
            """
        );
        var digest = await store.PutManifestAsync(
            repository,
            "latest",
            "application/vnd.docker.distribution.manifest.v2+json",
            manifest,
            TestContext.Current.CancellationToken
        );
        return new ImageRef(store.Registry, repository, digest);
    }

    private static async Task<(ImageDigest Digest, int Size)> PutAsync(IImageStore store, string repository, byte[] content)
    {
        var digest = ImageDigest.FromHash(SHA256.HashData(content));
        await store.PutBlobAsync(repository, digest, content.Length, new MemoryStream(content), TestContext.Current.CancellationToken);
        return (digest, content.Length);
    }
}
