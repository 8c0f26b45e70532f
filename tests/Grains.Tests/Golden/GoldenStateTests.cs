using System.Text.Json.Nodes;
using NeetoDeploy.Grains.Accounts;
using NeetoDeploy.Grains.Apps;
using NeetoDeploy.Grains.Builds;
using NeetoDeploy.Grains.Dynos;
using NeetoDeploy.Grains.Formations;
using NeetoDeploy.Grains.Releases;
using NeetoDeploy.Grains.Routing;
using NeetoDeploy.Grains.Runs;
using NeetoDeploy.Grains.Storage;
using NeetoDeploy.Grains.Teams;

namespace NeetoDeploy.Grains.Tests.Golden;

/// <summary>
/// Every state that was ever shipped still loads, and nothing of it is lost when it is written again. A file is never changed once its version has
/// shipped; a record that grows gets a further file.
/// </summary>
public sealed class GoldenStateTests
{
    private static readonly Type[] States =
    [
        typeof(AccountState),
        typeof(TokenState),
        typeof(SetupState),
        typeof(AppState),
        typeof(ClaimState),
        typeof(FavouritesState),
        typeof(BuildState),
        typeof(ReleasesState),
        typeof(FormationState),
        typeof(DynoState),
        typeof(RunState),
        typeof(RouteTableState),
        typeof(TeamState),
    ];

    public static TheoryData<string> Files => [.. Directory.GetFiles(Folder, "*.json").Select(path => Path.GetFileName(path))];

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Golden");

    [Fact]
    public void Every_state_has_a_file() =>
        Assert.All(States, state => Assert.NotEmpty(Directory.GetFiles(Folder, $"{state.Name}.*.json")));

    [Theory]
    [MemberData(nameof(Files))]
    public void A_shipped_state_loads_and_is_written_back_whole(string file)
    {
        var text = File.ReadAllText(Path.Combine(Folder, file));
        var written = Rewrite(States.Single(state => state.Name == file.Split('.')[0]), text);
        Assert.All(
            JsonNode.Parse(text)!.AsObject(),
            pair =>
                Assert.True(
                    JsonNode.DeepEquals(pair.Value, written[pair.Key]),
                    $"{pair.Key} was {pair.Value?.ToJsonString()} and became {written[pair.Key]?.ToJsonString()}"
                )
        );
    }

    [Fact]
    public void What_a_newer_version_wrote_survives_an_older_one()
    {
        var written = Rewrite(typeof(TokenState), """{"schemaVersion":2,"email":"dev@example.com","scopes":["read"]}""");
        Assert.Equal("""["read"]""", written["scopes"]!.ToJsonString());
        Assert.Equal(2, (int)written["schemaVersion"]!);
    }

    private static JsonObject Rewrite(Type state, string text) =>
        (JsonObject)
            typeof(GoldenStateTests)
                .GetMethod(nameof(RewriteAs), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!
                .MakeGenericMethod(state)
                .Invoke(null, [text])!;

    private static JsonObject RewriteAs<T>(string text)
    {
        var serializer = new StateSerializer();
        return JsonNode.Parse(serializer.Serialize(serializer.Deserialize<T>(BinaryData.FromString(text))))!.AsObject();
    }
}
