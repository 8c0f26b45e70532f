using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using NeetoDeploy.Silo.Tests.Storage;

namespace NeetoDeploy.Silo.Tests.Hosting;

public sealed class SiloProcessTests(PostgresServer postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_installations_run_side_by_side_and_stop_when_asked()
    {
        using var one = new TestInstallation();
        using var other = new TestInstallation();
        await using var first = await SiloProcess.StartHealthyAsync(one);
        await using var second = await SiloProcess.StartHealthyAsync(other);

        await CreateAsync(first, "only-here");

        Assert.Equal(HttpStatusCode.OK, (await first.Client.GetAsync("/apps/only-here", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await second.Client.GetAsync("/apps/only-here", Cancel)).StatusCode);
        int[] exitCodes = await Task.WhenAll(first.StopAsync(), second.StopAsync());
        Assert.Equal([0, 0], exitCodes);
    }

    [Fact]
    public async Task The_progress_of_stacks_is_shown_for_the_router_token_only()
    {
        using var installation = new TestInstallation();
        await using var silo = await SiloProcess.StartHealthyAsync(installation);
        Assert.Equal(HttpStatusCode.Unauthorized, (await silo.Client.GetAsync("/internal/stacks", Cancel)).StatusCode);

        silo.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", installation.RouterToken);
        var report = await silo.Client.GetFromJsonAsync<Report>("/internal/stacks", Cancel);

        Assert.Equal("neeto-12", report!.Stacks[0].Name);
        Assert.False(report.Stacks[0].IsReady);
        Assert.Null(report.Problem);
    }

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.Postgres)]
    public async Task What_was_acknowledged_before_a_kill_is_there_after_the_restart(DatabaseKind kind)
    {
        using var installation = new TestInstallation(kind == DatabaseKind.Postgres ? await postgres.CreateDatabaseAsync() : "");
        var acknowledged = new List<string>();
        await using (var silo = await SiloProcess.StartHealthyAsync(installation))
        {
            using var enough = new SemaphoreSlim(0);
            var writers = Enumerable.Range(0, 4).Select(writer => WriteUntilKilledAsync(silo, writer, acknowledged, enough)).ToList();
            for (var i = 0; i < 20; i++)
                Assert.True(
                    await enough.WaitAsync(TimeSpan.FromSeconds(90), Cancel),
                    $"20 apps are created; {i} were. The silo said:\n{silo.Output}"
                );
            await silo.KillAsync();
            await Task.WhenAll(writers);
        }

        await using var restarted = await SiloProcess.StartHealthyAsync(installation);

        foreach (var name in acknowledged)
            Assert.Equal(HttpStatusCode.OK, (await restarted.Client.GetAsync($"/apps/{name}", Cancel)).StatusCode);
    }

    [Fact]
    public async Task Without_its_master_key_it_refuses_to_start()
    {
        using var installation = new TestInstallation();
        File.Delete(installation.SecretFile("master.key"));
        await using var silo = SiloProcess.Start(installation);

        Assert.Equal(78, await silo.EndAsync());
        await Eventually.TrueAsync(
            () => Task.FromResult(silo.Output.Contains("master.key is missing", StringComparison.Ordinal)),
            "it says why"
        );
    }

    private static async Task WriteUntilKilledAsync(SiloProcess silo, int writer, List<string> acknowledged, SemaphoreSlim enough)
    {
        try
        {
            for (var i = 0; ; i++)
            {
                var name = $"app-{writer}-{i}";
                await CreateAsync(silo, name);
                lock (acknowledged)
                    acknowledged.Add(name);
                enough.Release();
            }
        }
        catch (HttpRequestException killed) when (killed.StatusCode is null)
        {
            // The process is gone in the middle of a request.
        }
    }

    private static async Task CreateAsync(SiloProcess silo, string name)
    {
        using var answer = await silo.Client.PostAsJsonAsync("/apps", new { name }, Cancel);
        Assert.True(
            answer.IsSuccessStatusCode,
            $"{(int)answer.StatusCode} for {name}: {await answer.Content.ReadAsStringAsync(Cancel)}\nThe silo said:\n{silo.Output}"
        );
    }

    private sealed record Report(Stack[] Stacks, string? Problem);

    private sealed record Stack(string Name, bool IsReady, string? Step, string? Error);
}
