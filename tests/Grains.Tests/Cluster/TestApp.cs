using System.Collections.Immutable;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Core.Dynos;
using NeetoDeploy.Core.Images;
using NeetoDeploy.Core.Logs;
using NeetoDeploy.Drivers.Abstractions.Dynos;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Apps;
using NeetoDeploy.Grains.Interfaces.Dynos;
using NeetoDeploy.Grains.Interfaces.Formations;
using NeetoDeploy.Grains.Interfaces.Releases;

namespace NeetoDeploy.Grains.Tests.Cluster;

/// <summary>An app in the test cluster, and what tests commonly do to it and ask of it.</summary>
public sealed class TestApp
{
    private readonly ClusterFixture cluster;

    private TestApp(ClusterFixture cluster, AppId id) => (this.cluster, Id) = (cluster, id);

    public AppId Id { get; }

    public AccountRef Owner { get; } = new(Actor.Platform.Id, Actor.Platform.Email);

    public IFormationGrain Formation => cluster.Grains.Formation(Id);

    public IReleaseLedgerGrain Releases => cluster.Grains.Releases(Id);

    /// <summary>Creates an app that has released nothing.</summary>
    public static async Task<TestApp> CreateAsync(ClusterFixture cluster)
    {
        var app = new TestApp(cluster, new AppId(Guid.NewGuid()));
        var created = await cluster.Grains.App(app.Id).CreateAsync(new CreateApp(null, null));
        Assert.True(created.IsOk, created.Error?.ToString());
        return app;
    }

    /// <summary>Creates an app and releases an image with these process types; web alone when none is given.</summary>
    public static async Task<TestApp> ReleasedAsync(ClusterFixture cluster, params (string Type, string Command)[] processTypes)
    {
        var app = await CreateAsync(cluster);
        await app.ReleaseAsync(processTypes);
        return app;
    }

    public Task<ReleaseView> ReleaseAsync(params (string Type, string Command)[] processTypes)
    {
        var types = processTypes.Length == 0 ? [("web", "node server.js")] : processTypes;
        var image = new ImageRef("127.0.0.1:5001", $"apps/{Id}", ImageDigest.FromHash(new byte[32]));
        var artifact = new BuildArtifact(
            image,
            types.ToImmutableSortedDictionary(t => t.Item1, t => t.Item2),
            1_000,
            100,
            ["neeto/nodejs 1.0.0"]
        );
        return ReleaseAsync(artifact);
    }

    public async Task<ReleaseView> ReleaseAsync(BuildArtifact artifact) =>
        (
            await Releases.ReleaseBuildAsync(
                new BuildId(Guid.NewGuid()),
                artifact,
                new SourceRef("file:///source.tgz", "1a2b3c4d5e6f", null),
                "neeto-12",
                Owner
            )
        )!;

    public async Task ScaleAsync(string type, string quantity)
    {
        var scaled = await Formation.ScaleAsync([new ScaleChange(type, quantity, null)]);
        Assert.True(scaled.IsOk, scaled.Error?.ToString());
    }

    public async Task<ImmutableArray<DynoView>> DynosAsync() => await Formation.ListDynosAsync();

    /// <summary>Waits until exactly these dynos are there, each up, on one release; <c>meanwhile</c> may move the clock.</summary>
    public Task<ImmutableArray<DynoView>> UpAsync(int version, IEnumerable<string> names, Action? meanwhile = null)
    {
        var expected = names.Order(StringComparer.Ordinal).ToList();
        return Eventually.SeesAsync(
            $"{string.Join(", ", expected)} up on v{version}, alone",
            async () => Observed().Count == expected.Count ? await DynosAsync() : [],
            dynos =>
                dynos.All(dyno => dyno.Status == DynoStatus.Up && dyno.Version.Number == version)
                && dynos.Select(dyno => dyno.Name.ToString()).Order(StringComparer.Ordinal).SequenceEqual(expected),
            meanwhile
        );
    }

    public Task<ImmutableArray<DynoView>> UpAsync(int version, params string[] names) => UpAsync(version, names, null);

    /// <summary>Keys of the app's incarnations on the engine.</summary>
    public IReadOnlyList<DynoKey> Observed() => [.. cluster.Engine.Specs.Select(spec => spec.Key).Where(key => key.App == Id)];

    /// <summary>The key of the newest incarnation of a dyno.</summary>
    public DynoKey Newest(string dyno) =>
        Observed().Where(key => key.Name.ToString() == dyno).MaxBy(key => key.Generation)
        ?? throw new InvalidOperationException($"There is no {dyno}.");

    /// <summary>The app's log, each line as <c>source[process]: text</c>.</summary>
    public IReadOnlyList<string> Log() =>
        [.. cluster.Logs.Lines(Id).Select(line => $"{line.Entry.Source}[{line.Entry.Process}]: {line.Entry.Text}")];

    public Task LoggedAsync(string line, Action? meanwhile = null) =>
        Eventually.SeesAsync($"'{line}' in the log", () => Task.FromResult(Log()), log => log.Contains(line), meanwhile);

    public static LogEntry Entry(string text, DateTimeOffset time = default) => new(time, LogEntry.App, "web.1", text);
}
