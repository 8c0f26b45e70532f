using System.Text.Json.Nodes;
using NeetoDeploy.EndToEnd.Tests.Harness;

namespace NeetoDeploy.EndToEnd.Tests.Recovery;

/// <summary>The engine does not answer while code is pushed. It is a relay that goes: the engine itself has other users.</summary>
[Collection(Killing.Name)]
public sealed class EngineOutageTests(KilledBox killed)
{
    /// <summary>Takes long, unless it was begun before.</summary>
    private static readonly string OnceSlowPackage = Programs.Package.Replace(
        "\"scripts\": {",
        "\"scripts\": { \"heroku-postbuild\": \"test -e /cache/home/begun || { touch /cache/home/begun; echo half-way; sleep 300; }\",",
        StringComparison.Ordinal
    );

    private readonly Box box = killed.Box;

    [Fact]
    public async Task A_push_waits_for_an_engine_that_is_away_and_goes_on_when_it_is_back()
    {
        using var relay = new EngineRelay(box.EngineSocket);
        await using var silo = await box.ReconfigureAsync("EngineSocket", relay.Path);
        await using var app = await AppUnderTest.CreateAsync(box);
        Programs.WriteTo(app);
        (await app.DeployAsync()).Ok();
        await app.AnswersAsync("one");
        await using var load = new SteadyLoad(box, app.Name);

        // Away before the build begins.
        relay.Close();
        Programs.WriteTo(app, "two");
        await app.CommitAsync();
        await PushThroughAsync(
            app,
            relay,
            build => AppUnderTest.PrintsAsync(build, "Waiting for the builder: The container engine does not answer")
        );
        await app.AnswersAsync("two");

        // Away in the middle of a build.
        Programs.WriteTo(app, "three");
        app.Write("package.json", OnceSlowPackage);
        await app.CommitAsync();
        await PushThroughAsync(
            app,
            relay,
            async build =>
            {
                await AppUnderTest.PrintsAsync(build, "half-way");
                relay.Close();
                await AppUnderTest.PrintsAsync(build, "The build was interrupted: The container engine does not answer");
            }
        );
        await app.AnswersAsync("three");
        await load.NoneFailedAsync();
    }

    private static async Task PushThroughAsync(AppUnderTest app, EngineRelay relay, Func<JsonNode, Task> meanwhile)
    {
        var push = app.PushAsync();
        var build = await app.BuildUnderWayAsync();
        await meanwhile(build);
        relay.Open();
        (await push.WaitAsync(TimeSpan.FromMinutes(3), TestContext.Current.CancellationToken)).Ok();
        await app.LeavesNothingAsync(build);
    }
}
