using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Dynos;
using NeetoDeploy.Core.Images;
using NeetoDeploy.Core.Releases;
using NeetoDeploy.Drivers.Abstractions.Dynos;
using NeetoDeploy.Drivers.Docker.Dynos;
using NeetoDeploy.Drivers.Tests.Support;

namespace NeetoDeploy.Drivers.Tests.Docker;

/// <summary>Images that have no launcher: other people's.</summary>
public sealed class DockerImageStartTests(EngineFixture engine) : IAsyncLifetime
{
    private readonly AppId app = new(Guid.NewGuid());

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private DockerDynoDriver Driver => engine.Services.GetRequiredService<DockerDynoDriver>();

    public async ValueTask InitializeAsync() => await engine.PrepareStackAsync();

    public async ValueTask DisposeAsync() => await Driver.RemoveAppAsync(app, CancellationToken.None);

    [Fact]
    public async Task Without_words_an_image_runs_its_own_ENTRYPOINT_and_CMD()
    {
        var image = await engine.PushImageAsync("own", "ENTRYPOINT [\"/bin/printf\", \"%s\\n\"]", "CMD [\"one\", \"two words\"]");
        Assert.Equal(["one", "two words"], await OutputAsync(image));
        Assert.Equal(["given"], await OutputAsync(image, "given"));
    }

    [Fact]
    public async Task Whatever_user_an_image_names_its_dyno_has_no_rights_and_the_image_s_own_folder()
    {
        var image = await engine.PushImageAsync(
            "root",
            "USER 0:0",
            "WORKDIR /cnb",
            "CMD [\"/bin/sh\", \"-c\", \"id -u; pwd; cat /proc/self/status\"]"
        );
        var lines = await OutputAsync(image);
        Assert.Equal(["1000", "/cnb"], lines.Take(2));
        Assert.Contains("CapBnd:\t0000000000000000", lines);
        Assert.Contains("NoNewPrivs:\t1", lines);
    }

    private async Task<List<string>> OutputAsync(ImageRef image, params ImmutableArray<string> command)
    {
        var key = new DynoKey(app, DynoName.Parse("web.1"), new ReleaseVersion(1), generation++);
        var environment = ImmutableSortedDictionary<string, string>.Empty.Add("PATH", "/bin");
        var spec = new DynoSpec(key, image, new DynoStart.Image(command), environment, DynoSize.Default);
        var lines = new List<string>();
        await foreach (var line in Driver.FollowAsync((await Driver.EnsureAsync(spec, Cancel)).Handle, null, Cancel))
            lines.Add(line.Text);
        return lines;
    }

    private int generation = 1;
}
