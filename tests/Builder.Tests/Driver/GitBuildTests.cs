using NeetoDeploy.Builder.Tests.Buildpacks;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Drivers.Abstractions.Builds;
using NeetoDeploy.Drivers.Fake.Images;

namespace NeetoDeploy.Builder.Tests.Driver;

public sealed class GitBuildTests : IAsyncLifetime
{
    private readonly BuildpackServer server = new();
    private BuilderFixture builder = null!;

    public async ValueTask InitializeAsync() =>
        builder = await BuilderFixture.StartAsync(new FakeImageStore(TimeProvider.System), o => o with { AllowPrivateSources = true });

    public ValueTask DisposeAsync()
    {
        builder.Dispose();
        server.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_build_of_a_branch_names_its_commit_everywhere()
    {
        var commit = server.Commit("shop", ("server.js", "1"), ("Procfile", "web: node server.js"));
        var seen = "";
        builder.Sandboxes.Script = Scripts.NodeAnd(sandbox => seen = File.ReadAllText(sandbox["/platform/env/SOURCE_VERSION"]));

        var artifact = await builder.BuildAsync(Job("main"));

        Assert.Equal((commit, commit), (artifact.Commit, seen));
        Assert.Contains(
            $"-----> Fetching git+{server.Url}/git/shop#main at commit {commit[..8]}",
            builder.Output.Text,
            StringComparison.Ordinal
        );
        builder.AssertNothingLeft();
        Assert.False(Directory.Exists(Path.Combine(builder.AppFolder, "app.next.fetch")));
    }

    [Fact]
    public async Task A_build_of_what_is_not_there_fails_before_anything_is_run()
    {
        server.Commit("shop", ("server.js", "1"));
        var failure = await builder.FailAsync(Job("nope"));
        Assert.Equal(BuildPhase.Prepare, failure.Phase);
        Assert.Contains("has no branch or tag nope", failure.Message, StringComparison.Ordinal);
        Assert.Empty(builder.Sandboxes.Started);
    }

    private BuildJob Job(string reference) =>
        builder.Job(Archives.File("x", "")) with
        {
            Source = new SourceRef($"git+{server.Url}/git/shop#{reference}", reference, null),
        };
}
