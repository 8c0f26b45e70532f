using System.Formats.Tar;
using System.Text;
using System.Text.Json.Nodes;
using Docker.DotNet.Models;
using Microsoft.Extensions.DependencyInjection;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Images;
using NeetoDeploy.Drivers.Abstractions.Builds;
using NeetoDeploy.Drivers.Docker.Dockerfiles;
using NeetoDeploy.Drivers.Docker.Engine;
using NeetoDeploy.Drivers.Docker.Networks;
using NeetoDeploy.Drivers.Registry;
using NeetoDeploy.Drivers.Registry.Images;
using NeetoDeploy.Drivers.Tests.Support;

namespace NeetoDeploy.Drivers.Tests.Docker;

public sealed class DockerfileBuildsTests(EngineFixture engine) : IAsyncLifetime
{
    private readonly AppId app = new(Guid.NewGuid());
    private readonly StringBuilder said = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private IDockerfileBuilds Builds => engine.Services.GetRequiredService<IDockerfileBuilds>();

    private DockerfileCache Cache => engine.Services.GetRequiredService<DockerfileCache>();

    public async ValueTask InitializeAsync() => await engine.PrepareStackAsync();

    public async ValueTask DisposeAsync()
    {
        await Builds.PurgeCacheAsync(app, CancellationToken.None);
        Assert.Empty(await TagsAsync());
    }

    [Fact]
    public async Task An_image_is_built_in_stages_labelled_and_stored_in_the_app_s_repository()
    {
        var image = await BuildAsync(
            Spec() with
            {
                Arguments = new Dictionary<string, string> { ["COLOUR"] = "dark red" },
            },
            """
            FROM localhost/neeto-12:run AS made
            USER root
            ARG COLOUR
            RUN echo "$COLOUR" > /colour
            FROM scratch AS last
            COPY --from=made /colour /
            COPY given /
            CMD ["/server", "$PORT"]
            """,
            ("given", "x")
        );
        Assert.Equal((engine.Registry, ImageRepositories.Of(app)), (image.Registry, image.Repository));
        var config = await ConfigAsync(image);
        Assert.Equal("""["/server","$PORT"]""", config["Cmd"]!.ToJsonString());
        Assert.Equal(engine.InstallationId, (string?)config["Labels"]![EngineNames.Installation]);
        Assert.Equal(app.ToString(), (string?)config["Labels"]![EngineNames.App]);
        Assert.Contains("Step 4/10 : RUN echo \"$COLOUR\" > /colour\n", said.ToString(), StringComparison.Ordinal);
        Assert.Empty(await LeftoversAsync());
        // The image and its first stage, which would have no name; the push has left none.
        Assert.Equal(2, (await TagsAsync()).Count);
        Assert.DoesNotContain(
            await engine.Engine.ListTagsAsync($"{engine.Registry}/{ImageRepositories.Of(app)}", Cancel),
            tag => tag.Contains(":push-", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("run")]
    [InlineData("build")]
    public async Task The_next_build_takes_unchanged_steps_from_the_last_one_and_the_last_one_s_image_goes(string kind)
    {
        var dockerfile = $"FROM localhost/neeto-12:{kind}\nRUN head -c 8 /dev/urandom | od -x > /tmp/random\nCOPY app /app/\n";
        await BuildAsync(Spec(), dockerfile, ("app", "one"));
        var first = await Cache.FindAsync(Cache.NameOf(app, "web"), Cancel);
        await BuildAsync(Spec(), dockerfile, ("app", "two"));
        Assert.Contains(" ---> Using cache\n", said.ToString(), StringComparison.Ordinal);
        Assert.Null(await engine.Engine.FindImageAsync(first!, Cancel));
    }

    [Theory]
    [InlineData("run")]
    [InlineData("build")]
    public async Task A_stack_s_image_hands_neither_its_start_nor_its_recipe_down(string kind)
    {
        var config = await ConfigAsync(await BuildAsync(Spec(), $"FROM localhost/neeto-12:{kind}\nCMD [\"true\"]\n"));
        Assert.Equal(
            ("""["true"]""", true),
            (config["Cmd"]!.ToJsonString(), config["Entrypoint"] is null or System.Text.Json.Nodes.JsonArray { Count: 0 })
        );
        Assert.Equal("", (string?)config["Labels"]![EngineNames.Recipe]);
    }

    [Fact]
    public async Task A_step_that_forks_without_end_fails_and_leaves_no_control_group()
    {
        var failure = await FailAsync(
            Spec() with
            {
                PidsLimit = 33,
            },
            "FROM localhost/neeto-12:run\nRUN for i in $(seq 64); do sleep 300 & done\n"
        );
        Assert.Contains("Step 2/4", failure, StringComparison.Ordinal);
        Assert.Contains("fork", said.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.Empty(Groups());

        // By their limit, which no other build has.
        static IEnumerable<string> Groups() =>
            new[] { "/sys/fs/cgroup/pids", "/sys/fs/cgroup" }
                .Select(tree => Path.Combine(tree, ControlGroups.Builds))
                .Where(Directory.Exists)
                .SelectMany(builds => Directory.GetFiles(builds, "pids.max", SearchOption.AllDirectories))
                .Where(limit => File.ReadAllText(limit).Trim() == "33");
    }

    [Fact]
    public async Task A_failing_step_is_named_and_what_it_leaves_has_a_name()
    {
        var failure = await FailAsync(Spec(), "FROM localhost/neeto-12:run\nRUN echo made > /tmp/made\nRUN echo oh no >&2; exit 7\n");
        Assert.Equal(
            "Step 3/5 : RUN echo oh no >&2; exit 7 failed: The command '/bin/sh -c echo oh no >&2; exit 7' returned a non-zero code: 7",
            failure
        );
        Assert.Contains("oh no", said.ToString(), StringComparison.Ordinal);
        Assert.EndsWith(".failed", Assert.Single(await TagsAsync()), StringComparison.Ordinal);
        Assert.Empty(await LeftoversAsync());
    }

    [Theory]
    [InlineData("FROM neeto.invalid/no/such:1\n", "the base image neeto.invalid/no/such:1 is not on this machine and could not be pulled")]
    [InlineData("FRO scratch\n", "unknown instruction: FRO")]
    [InlineData("FROM localhost/neeto-12:run\nCOPY missing /\n", "Step 2/4 : COPY missing / failed")]
    public async Task What_the_engine_refuses_is_told(string dockerfile, string reason) =>
        Assert.Contains(reason, await FailAsync(Spec(), dockerfile), StringComparison.Ordinal);

    [Fact]
    public async Task A_stage_that_is_not_there_is_told() =>
        Assert.Contains(
            "nope",
            await FailAsync(Spec() with { Target = "nope" }, "FROM localhost/neeto-12:run\n"),
            StringComparison.Ordinal
        );

    /// <summary>What the engine's build API offers, and what it does not: see the decision on Dockerfiles.</summary>
    [Fact]
    public async Task A_step_has_limits_and_the_engine_s_ordinary_capabilities_and_reaches_neither_metadata_nor_registry()
    {
        await BuildAsync(
            Spec(),
            $"""
            FROM localhost/neeto-12:run
            USER root
            RUN grep CapBnd /proc/self/status; ls /dev; ip route get 169.254.169.254 2>&1 || true
            RUN ip link add dummy type dummy 2>&1 || echo no admin; ls {EngineFixture.Socket} 2>&1 || true
            RUN curl --silent --max-time 5 http://{engine.Registry}/v2/ || echo no registry
            RUN cat /sys/fs/cgroup/memory/memory.limit_in_bytes /sys/fs/cgroup/memory.max 2>/dev/null || true
            """
        );
        Assert.Contains("CapBnd:\t00000000a80425fb", said.ToString(), StringComparison.Ordinal);
        Assert.Contains("No route to host", said.ToString(), StringComparison.Ordinal);
        Assert.Contains("no admin\n", said.ToString(), StringComparison.Ordinal);
        Assert.Contains($"cannot access '{EngineFixture.Socket}'", said.ToString(), StringComparison.Ordinal);
        Assert.Contains("no registry\n", said.ToString(), StringComparison.Ordinal);
        Assert.Contains($"{256 << 20}\n", said.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("\nsda\n", said.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_ends_the_running_step_and_leaves_no_container()
    {
        using var cancelling = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        await using var context = await ContextAsync("FROM localhost/neeto-12:run\nRUN echo ready; sleep 100000\n");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Builds.BuildAsync(
                Spec(),
                context,
                async text =>
                {
                    if (Encoding.UTF8.GetString(text.Span).StartsWith("ready", StringComparison.Ordinal))
                        await cancelling.CancelAsync();
                },
                cancelling.Token
            )
        );
        await Eventually.SeesAsync("no container of the build", async _ => await LeftoversAsync(), left => left.Count == 0);
    }

    [Fact]
    public async Task What_an_engine_that_died_left_of_a_build_goes_with_the_next_one()
    {
        await BuildAsync(Spec(), "FROM localhost/neeto-12:run\n");
        foreach (var sandbox in (await SandboxesAsync()))
        {
            var left = new CreateContainerParameters
            {
                Image = engine.Image.ToString(),
                Cmd = ["sleep", "1"],
                HostConfig = new HostConfig { NetworkMode = SandboxContainer.Join(sandbox) },
            };
            await engine.Engine.CreateContainerAsync(left, orFind: false, Cancel);
        }
        var before = (await LeftoversAsync()).Count;
        await BuildAsync(Spec(), "FROM localhost/neeto-12:run\nRUN true\n");
        Assert.Equal(before - 1, (await LeftoversAsync()).Count);
        foreach (var left in await LeftoversAsync())
            await engine.Engine.RemoveContainerAsync(left.ID, Cancel);
    }

    [Fact]
    public async Task An_image_of_the_engine_is_taken_by_name_by_id_and_by_its_digest_and_no_other_app_s()
    {
        var imports = engine.Services.GetRequiredService<IImageImports>();
        var other = new AppId(Guid.NewGuid());
        var name = $"{engine.Image.Registry}/{engine.Image.Repository}:1";
        var byName = Assert.IsType<DockerfileOutcome.Built>(await TakeAsync(app, name)).Image;
        Assert.Equal(ImageRepositories.Of(app), byName.Repository);
        Assert.NotNull(await ConfigAsync(byName));
        var id = (await engine.Engine.FindImageAsync(name, Cancel))!.ID;
        Assert.Equal(byName, Assert.IsType<DockerfileOutcome.Built>(await TakeAsync(app, byName.Digest.ToString())).Image);

        await engine.Engine.EnsureImageAsync(byName, Cancel);
        Assert.IsType<DockerfileOutcome.Failed>(await TakeAsync(other, byName.ToString()));
        Assert.IsType<DockerfileOutcome.Failed>(await TakeAsync(other, id));
        await engine.Engine.RemoveImageAsync(byName.ToString(), Cancel);
        Assert.IsType<DockerfileOutcome.Built>(await TakeAsync(other, id));
        Assert.Contains(
            "could not be pulled",
            Assert.IsType<DockerfileOutcome.Failed>(await TakeAsync(app, "neeto.invalid/no/such:1")).Message,
            StringComparison.Ordinal
        );

        Task<DockerfileOutcome> TakeAsync(AppId taker, string reference) =>
            imports.ImportAsync(taker, reference, _ => ValueTask.CompletedTask, Cancel);
    }

    private DockerfileSpec Spec() =>
        new("neeto-12", app, "web", "Dockerfile", null, new Dictionary<string, string>(), 256 << 20, 2000, 512);

    private async Task<ImageRef> BuildAsync(DockerfileSpec spec, string dockerfile, params (string Name, string Content)[] files) =>
        (await RunAsync(spec, dockerfile, files)).Match(built => built.Image, failed => throw new Xunit.Sdk.XunitException(failed.Message));

    private async Task<string> FailAsync(DockerfileSpec spec, string dockerfile) =>
        (await RunAsync(spec, dockerfile, [])).Match(_ => throw new Xunit.Sdk.XunitException("It was built."), failed => failed.Message);

    private async Task<DockerfileOutcome> RunAsync(DockerfileSpec spec, string dockerfile, (string Name, string Content)[] files)
    {
        await using var context = await ContextAsync(dockerfile, files);
        return await Builds.BuildAsync(
            spec,
            context,
            text =>
            {
                said.Append(Encoding.UTF8.GetString(text.Span));
                return ValueTask.CompletedTask;
            },
            Cancel
        );
    }

    private static async Task<MemoryStream> ContextAsync(string dockerfile, params (string Name, string Content)[] files)
    {
        var stream = new MemoryStream();
        await using (var tar = new TarWriter(stream, TarEntryFormat.Gnu, leaveOpen: true))
        {
            foreach (var (name, content) in files.Append(("Dockerfile", dockerfile)))
                await tar.WriteEntryAsync(
                    new GnuTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content)) },
                    Cancel
                );
        }
        stream.Position = 0;
        return stream;
    }

    private async Task<JsonNode> ConfigAsync(ImageRef image)
    {
        using var store = new RegistryImageStore(new RegistryOptions { Registry = engine.Registry });
        var manifest = await store.GetManifestAsync(image.Repository, image.Digest.ToString(), Cancel);
        var digest = ImageDigest.Parse((string)JsonNode.Parse(manifest!.Content.Span)!["config"]!["digest"]!);
        await using var blob = await store.GetBlobAsync(image.Repository, digest, Cancel);
        return (await JsonNode.ParseAsync(blob, cancellationToken: Cancel))!["config"]!;
    }

    private async Task<List<string>> TagsAsync() =>
        [
            .. (await engine.Engine.ListTagsAsync(engine.Names.DockerfileRepository, Cancel)).Where(tag =>
                tag.Contains($":{app}.", StringComparison.Ordinal)
            ),
        ];

    private async Task<List<string>> SandboxesAsync() =>
        [
            .. (await engine.Engine.ListContainersAsync(engine.Names.Filter((EngineNames.Purpose, EngineNames.Building)), Cancel))
                .Where(c => c.Labels![EngineNames.Role] == EngineRoles.Network)
                .Select(c => c.ID),
        ];

    /// <summary>Containers in a build's network that are not build sandboxes.</summary>
    private async Task<List<ContainerListResponse>> LeftoversAsync()
    {
        var sandboxes = await SandboxesAsync();
        var all = await engine.Engine.ListContainersAsync(new Dictionary<string, IDictionary<string, bool>>(), Cancel);
        return
        [
            .. all.Where(c =>
                sandboxes.Exists(s => c.HostConfig?.NetworkMode == SandboxContainer.Join(s))
                && EngineNames.Read(c.Labels, EngineNames.Build) is null
            ),
        ];
    }
}
