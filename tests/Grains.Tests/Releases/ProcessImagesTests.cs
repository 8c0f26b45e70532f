using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Core.Images;
using NeetoDeploy.Core.Releases;
using NeetoDeploy.Core.Runs;
using NeetoDeploy.Drivers.Abstractions.Dynos;
using NeetoDeploy.Drivers.Fake.Dynos;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Runs;
using NeetoDeploy.Grains.Tests.Cluster;

namespace NeetoDeploy.Grains.Tests.Releases;

public sealed class ProcessImagesTests : ClusterTests
{
    private TestApp app = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        app = await TestApp.CreateAsync(Cluster);
    }

    [Fact]
    public async Task Each_process_type_runs_its_own_image_and_a_rollback_brings_all_of_them_back()
    {
        await app.ReleaseAsync(Artifact("first", ("web", []), ("worker", ["/bin/sh", "-c", "work"])));
        await app.ScaleAsync("worker", "1");
        await app.UpAsync(3, ["web.1", "worker.1"], Pass);
        Assert.Equal((ImageOf("first web"), ""), Running("web.1"));
        Assert.Equal((ImageOf("first worker"), "/bin/sh -c work"), Running("worker.1"));

        await app.ReleaseAsync(Artifact("second", ("web", []), ("worker", [])));
        await app.UpAsync(4, ["web.1", "worker.1"], Pass);
        Assert.Equal((ImageOf("second worker"), ""), Running("worker.1"));

        Assert.True((await app.Releases.RollbackAsync("v3")).IsOk);
        await app.UpAsync(5, ["web.1", "worker.1"], Pass);
        Assert.Equal((ImageOf("first web"), ""), Running("web.1"));
        Assert.Equal((ImageOf("first worker"), "/bin/sh -c work"), Running("worker.1"));
    }

    [Fact]
    public async Task The_release_phase_runs_in_the_image_that_it_names()
    {
        DynoSpec? phase = null;
        Cluster.Engine.Run(
            "release",
            process =>
            {
                phase = process.Spec;
                return Task.FromResult(0);
            }
        );
        await app.ReleaseAsync(Artifact("first", ("web", []), ("release", ["/bin/sh", "-c", "migrate"])));
        await app.UpAsync(3, ["web.1"], Pass);

        Assert.Equal(ImageOf("first release"), phase!.Image);
        Assert.Equal(["/bin/sh", "-c", "migrate"], Assert.IsType<DynoStart.Image>(phase.Start).Command);
        Assert.Equal(ReleaseStatus.Succeeded, (await app.Releases.GetAsync("v3"))!.Status);
    }

    [Fact]
    public async Task A_new_app_is_given_the_config_vars_that_its_source_asks_for_except_for_those_that_it_has()
    {
        await app.Releases.UpdateConfigVarsAsync(Patch.Of("MODE", "slow"));
        var setup = ImmutableSortedDictionary<string, string>.Empty.Add("MODE", "fast").Add("GREETING", "hello");
        await app.ReleaseAsync(Artifact("first", ("web", [])) with { Setup = setup });
        await app.ReleaseAsync(Artifact("second", ("web", [])) with { Setup = setup.Add("LATER", "not") });

        Assert.Equal(
            ["Set MODE config vars", "Set GREETING config vars", "Deploy 1a2b3c4d", "Deploy 1a2b3c4d"],
            (await app.Releases.ListAsync()).Skip(2).Select(release => release.Description)
        );
        Assert.Equal([new("GREETING", "hello"), new("MODE", "slow")], await app.Releases.GetConfigVarsAsync());
    }

    [Theory]
    [InlineData("run", "first web")]
    [InlineData("worker", "first worker")]
    public async Task A_one_off_dyno_runs_its_line_in_the_image_of_its_type_or_else_in_the_one_for_all(string type, string image)
    {
        await app.ReleaseAsync(Artifact("first", ("web", []), ("worker", [])));
        DynoSpec? seen = null;
        Cluster.Engine.Run(
            type,
            process =>
            {
                seen = process.Spec;
                return Task.FromResult(0);
            }
        );
        var run = Grains.Run(app.Id, new RunId(Guid.NewGuid()));
        var command = new StartRun(
            type,
            "ls -l /",
            ImmutableSortedDictionary<string, string>.Empty,
            null,
            null,
            null,
            null,
            IsAttached: false,
            app.Owner
        );
        Assert.True((await run.StartAsync(command)).IsOk);
        await Eventually.HoldsAsync("the run has ended", async () => (await run.GetAsync())!.HasEnded, Pass);

        Assert.Equal(ImageOf(image), seen!.Image);
        Assert.Equal(["/bin/sh", "-c", "ls -l /"], Assert.IsType<DynoStart.Image>(seen.Start).Command);
    }

    private (ImageRef, string) Running(string dyno)
    {
        var spec = Cluster.Engine.Specs.Single(spec => spec.Key == app.Newest(dyno));
        return (spec.Image, string.Join(' ', Assert.IsType<DynoStart.Image>(spec.Start).Command));
    }

    private BuildArtifact Artifact(string name, params (string Type, string[] Command)[] types) =>
        new(
            ImageOf($"{name} {types[0].Type}"),
            types.ToImmutableSortedDictionary(t => t.Type, t => t.Command.Length == 0 ? "its CMD" : t.Command[^1]),
            1_000,
            100,
            [],
            types.ToImmutableSortedDictionary(t => t.Type, t => new ProcessImage(ImageOf($"{name} {t.Type}"), [.. t.Command]))
        );

    private ImageRef ImageOf(string name) =>
        new("127.0.0.1:5001", ImageRepositories.Of(app.Id), ImageDigest.FromHash(SHA256.HashData(Encoding.UTF8.GetBytes(name))));

    private void Pass() => Cluster.Clock.Advance(TimeSpan.FromMilliseconds(200));
}
