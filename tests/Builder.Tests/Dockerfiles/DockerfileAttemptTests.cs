using System.Collections.Immutable;
using System.Formats.Tar;
using NeetoDeploy.Builder.Tests.Driver;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Core.Images;
using NeetoDeploy.Drivers.Abstractions.Builds;
using NeetoDeploy.Drivers.Fake.Images;

namespace NeetoDeploy.Builder.Tests.Dockerfiles;

public sealed class DockerfileAttemptTests : IAsyncLifetime
{
    private BuilderFixture builder = null!;

    public async ValueTask InitializeAsync() => builder = await BuilderFixture.StartAsync(new FakeImageStore(TimeProvider.System));

    public ValueTask DisposeAsync()
    {
        builder.AssertNothingLeft();
        builder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_lone_Dockerfile_is_web_and_runs_what_its_image_says()
    {
        var built = await builder.BuildAsync(
            Job(
                Archives.File("Dockerfile", "FROM scratch\nCMD [\"/bin/sh\", \"-c\", \"node server.js\"]"),
                Archives.File(".dockerignore", "secret\nDockerfile"),
                Archives.File("src/secret", "kept"),
                Archives.File("secret", "left out")
            )
        );

        Assert.Equal("node server.js", Assert.Single(built.ProcessTypes).Value);
        var web = Assert.Single(built.Images!).Value;
        Assert.Equal((built.Image, 0), (web.Image, web.Command.Length));
        var (spec, files) = Assert.Single(builder.Dockerfiles.Builds);
        Assert.Equal(("web", "Dockerfile", null, "container"), (spec.Image, spec.Dockerfile, spec.Target, spec.Stack));
        Assert.Equal([".dockerignore", "Dockerfile", "src/", "src/secret"], files.Keys.Order(StringComparer.Ordinal));
        Assert.Contains(built.Image, builder.Dynos.Images);
        Assert.Contains("-----> Building web from Dockerfile", builder.Output.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_image_of_a_heroku_yml_is_built_from_its_Dockerfile_s_folder_and_the_process_types_run_them()
    {
        var job = Job(
            Archives.File(
                "heroku.yml",
                """
                setup: { config: { MODE: fast } }
                build:
                  docker:
                    web: Dockerfile
                    worker: { dockerfile: ./jobs/Dockerfile, target: small }
                  config: { GIVEN: as it is, TAKEN: }
                release: { command: [migrate, seed], image: worker }
                run: { clock: { command: tick, image: worker } }
                """
            ),
            Archives.File("Dockerfile", "ENTRYPOINT [\"tini\"]\nCMD [\"serve\", \"$PORT\"]"),
            Archives.File("jobs/Dockerfile", "CMD [\"work\", \"$QUEUE\"]"),
            Archives.File("jobs/work", "")
        );
        var vars = ImmutableSortedDictionary<string, string>.Empty.Add("TAKEN", "from the app").Add("SECRET", "stays");

        var built = await builder.BuildAsync(job with { Environment = vars });

        Assert.Equal(
            ["clock: tick", "release: migrate && seed", "web: tini serve $PORT", "worker: work $QUEUE"],
            built.ProcessTypes.Select(p => $"{p.Key}: {p.Value}")
        );
        var worker = built.Images!["worker"].Image;
        Assert.Equal(
            (built.Image, worker, worker),
            (built.Images["web"].Image, built.Images["clock"].Image, built.Images["release"].Image)
        );
        Assert.Empty(built.Images["web"].Command);
        Assert.Equal(["/bin/sh", "-c", "\"work\" \"$QUEUE\""], built.Images["worker"].Command);
        Assert.Equal(["/bin/sh", "-c", "migrate && seed"], built.Images["release"].Command);
        Assert.Equal(("MODE", "fast"), (built.Setup!.Single().Key, built.Setup!.Single().Value));
        var second = builder.Dockerfiles.Builds.Last();
        Assert.Equal(["Dockerfile", "work"], second.Files.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(("Dockerfile", "small"), (second.Spec.Dockerfile, second.Spec.Target));
        Assert.Equal(["GIVEN=as it is", "TAKEN=from the app"], second.Spec.Arguments.Select(a => $"{a.Key}={a.Value}"));
    }

    [Fact]
    public async Task Layers_are_compared_with_those_of_the_release_before_image_by_image()
    {
        BuildJob Source(string worker) =>
            Job(
                Archives.File("heroku.yml", "build: { docker: { web: Dockerfile, worker: jobs/Dockerfile } }"),
                Archives.File("Dockerfile", "CMD [\"serve\"]"),
                Archives.File("jobs/Dockerfile", worker)
            );
        var first = await builder.BuildAsync(Source("CMD [\"work\"]"));
        Assert.Equal(
            [new BuiltLayer("web: COPY /app", 13, 13, null), new BuiltLayer("worker: COPY /app", 12, 12, null)],
            first.Report!.Layers
        );
        Assert.Null(first.Report.PreviousSizeBytes);

        var second = await builder.BuildAsync(
            Source("CMD [\"work\", \"harder\"]") with
            {
                PreviousImage = first.Image,
                PreviousImages = first.Images,
            }
        );

        Assert.Equal([new BuiltLayer("web: COPY /app", 13, 0, 13), new BuiltLayer("worker: COPY /app", 22, 22, 12)], second.Report!.Layers);
        Assert.Equal((25L, 35, 22), (second.Report.PreviousSizeBytes, second.SizeBytes, second.UploadedBytes));
        Assert.Contains("-----> 2 images: 35 B, 1 of 2 layers reused, 22 B uploaded", builder.Output.Text, StringComparison.Ordinal);
        Assert.Contains("worker: COPY /app grew by 10 B", builder.Output.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("README", "x", "the app's stack is container, and its source has neither a heroku.yml nor a Dockerfile")]
    [InlineData("heroku.yml", "build: 1", "heroku.yml cannot be used: line 1: build must be a mapping of keys to values")]
    [InlineData(
        "heroku.yml",
        "build: { docker: { web: ../Dockerfile } }",
        "the source has no file ../Dockerfile to build from (a link is not followed)"
    )]
    [InlineData(
        "Dockerfile",
        "FROM scratch",
        "the image of web says nothing that it runs: add a CMD to its Dockerfile, or a command to run.web in heroku.yml"
    )]
    public async Task What_cannot_be_built_is_told_why(string file, string content, string message) =>
        Assert.Equal(message, (await builder.FailAsync(Job(Archives.File(file, content)))).Message);

    [Fact]
    public async Task A_Dockerfile_that_is_a_link_is_not_followed()
    {
        var link = new PaxTarEntry(TarEntryType.SymbolicLink, "Dockerfile") { LinkName = "real" };
        var failure = await builder.FailAsync(
            Job(link, Archives.File("real", "FROM scratch"), Archives.File("heroku.yml", "build: { docker: { web: Dockerfile } }"))
        );
        Assert.Equal("the source has no file Dockerfile to build from (a link is not followed)", failure.Message);
    }

    [Fact]
    public async Task A_failing_step_fails_the_build_and_is_named()
    {
        builder.Dockerfiles.Failure = "Step 2/2 : RUN exit 7 failed: it returned 7";
        var failure = await builder.FailAsync(Job(Archives.File("Dockerfile", "FROM scratch")));
        Assert.Equal(
            (BuildPhase.Build, "the image web could not be built: Step 2/2 : RUN exit 7 failed: it returned 7"),
            (failure.Phase, failure.Message)
        );
    }

    [Fact]
    public async Task Cancelling_stops_the_build_and_the_time_limit_fails_it()
    {
        builder.Dockerfiles.Gate = new TaskCompletionSource().Task;
        using var cancelling = new CancellationTokenSource();
        var running = builder.RunAsync(Job(Archives.File("Dockerfile", "FROM scratch")), cancelling.Token);
        await cancelling.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);

        var job = Job(Archives.File("Dockerfile", "FROM scratch")) with { Timeout = TimeSpan.FromMilliseconds(50) };
        Assert.StartsWith("the build took longer than", (await builder.FailAsync(job)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Images_that_exist_are_taken_into_the_app_s_repository()
    {
        var job = Job(Archives.File("x", "")) with { Source = new SourceRef("image:web=shop:7,worker=sha256:0a", null, null) };
        var built = await builder.BuildAsync(job);
        Assert.Equal(["web: shop:7", "worker: sha256:0a"], built.ProcessTypes.Select(p => $"{p.Key}: {p.Value}"));
        Assert.Equal(built.Image, built.Images!["web"].Image);
        Assert.Equal(ImageRepositories.Of(builder.App), built.Images["worker"].Image.Repository);

        builder.Dockerfiles.Failure = "there is no image shop:8 here that this app may use";
        Assert.Equal(builder.Dockerfiles.Failure, (await builder.FailAsync(job)).Message);
    }

    [Fact]
    public async Task Purging_the_cache_purges_what_the_engine_keeps()
    {
        await builder.Driver.PurgeCacheAsync(builder.App, TestContext.Current.CancellationToken);
        Assert.Equal([builder.App], builder.Dockerfiles.Purged);
    }

    private BuildJob Job(params IEnumerable<TarEntry> files) => builder.Job(files) with { Stack = KnownStacks.Container };
}
