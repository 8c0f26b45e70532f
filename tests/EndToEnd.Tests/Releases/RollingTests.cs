using NeetoDeploy.EndToEnd.Tests.Harness;

namespace NeetoDeploy.EndToEnd.Tests.Releases;

public sealed class RollingTests(SharedBox shared)
{
    private readonly Box box = shared.Box;

    /// <summary>Deploys, restarts and a rollback while clients ask all the time: not one request may fail.</summary>
    [Fact]
    public async Task No_request_fails_during_20_deploys_5_restarts_and_a_rollback()
    {
        await using var app = await AppUnderTest.CreateAsync(box);
        Programs.WriteTo(app, "v0");
        (await app.DeployAsync()).Ok();
        await app.AnswersAsync("v0");
        await using var load = new SteadyLoad(box, app.Name);
        for (var i = 1; i <= 20; i++)
        {
            app.Write("server.js", Programs.Server($"v{i}."));
            (await app.DeployAsync()).Ok();
            await app.AnswersAsync($"v{i}.");
        }
        for (var i = 1; i <= 5; i++)
        {
            var before = await NewestDynoAsync(app);
            using var restarted = await app.DeleteAsync("/dynos");
            Assert.Equal(202, (int)restarted.StatusCode);
            await Wait.UntilAsync(
                $"restart {i}",
                TimeSpan.FromSeconds(60),
                async () => await NewestDynoAsync(app) is var now && now.Id != before.Id && now.State == "up"
            );
        }
        var third = (await app.ApiAsync("/releases/3"))["id"]!.GetValue<string>();
        using var rollback = await app.PostAsync("/releases", new { release = third });
        Assert.Equal(201, (int)rollback.StatusCode);
        await app.AnswersAsync("v0");
        await load.NoneFailedAsync();
    }

    private static async Task<(string Id, string State)> NewestDynoAsync(AppUnderTest app)
    {
        var dyno = (await app.ApiAsync("/dynos")).AsArray().Single(d => (string?)d!["name"] == "web.1")!;
        return ((string)dyno["id"]!, (string)dyno["state"]!);
    }
}
