using System.Net;
using NeetoDeploy.EndToEnd.Tests.Harness;

namespace NeetoDeploy.EndToEnd.Tests.Storage;

public sealed class PostgresTests
{
    [Fact]
    public async Task An_installation_on_PostgreSQL_deploys_and_is_still_there_after_a_kill()
    {
        await using var postgres = await PostgresCluster.StartAsync();
        await using var box = await Box.StartAsync(TestContext.Current.CancellationToken, "--storage", postgres.Url);
        Assert.False(File.Exists(Path.Combine(box.Data, "db", "neeto.db")), "The installation made an SQLite database.");
        await using var app = await AppUnderTest.CreateAsync(box);
        Programs.WriteTo(app);
        (await app.DeployAsync()).Ok();
        using var set = await app.PatchAsync("/config-vars", new Dictionary<string, string> { ["GREETING"] = "from PostgreSQL" });
        await app.AnswersAsync("one from PostgreSQL");
        await app.LogsAsync("Release v3 created");

        await using var load = new SteadyLoad(box, app.Name);
        var silo = box.Pid("silo");
        await Signal.KillAsync(silo);
        await Wait.UntilAsync("another silo", TimeSpan.FromSeconds(30), () => Task.FromResult(box.Pid("silo") != silo));
        await Wait.UntilAsync("its releases", TimeSpan.FromSeconds(60), async () => (await app.ApiAsync("/releases")).AsArray().Count == 4);
        Assert.Equal("from PostgreSQL", (string?)(await app.ApiAsync("/config-vars"))["GREETING"]);
        app.Write("server.js", Programs.Server("two"));
        (await app.DeployAsync()).Ok();
        await app.AnswersAsync("two from PostgreSQL");

        await postgres.StopAsync();
        using (var refused = await box.Api.GetAsync("/apps"))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.Contains("\"unavailable\"", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
        app.Write("server.js", Programs.Server("three"));
        await app.CommitAsync();
        var pushed = await app.PushAsync();
        Assert.NotEqual(0, pushed.ExitCode);
        Assert.Contains("cannot store", pushed.All, StringComparison.Ordinal);
        await postgres.LaunchAsync();
        await Wait.UntilAsync("its apps", TimeSpan.FromSeconds(60), IsListedAsync);
        (await app.PushAsync()).Ok();
        await app.AnswersAsync("three from PostgreSQL");
        await load.NoneFailedAsync();

        async Task<bool> IsListedAsync()
        {
            using var answer = await box.Api.GetAsync("/apps");
            return answer.IsSuccessStatusCode && (await answer.Content.ReadAsStringAsync()).Contains(app.Name, StringComparison.Ordinal);
        }
    }
}
