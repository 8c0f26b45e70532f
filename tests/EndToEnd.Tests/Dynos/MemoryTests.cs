using NeetoDeploy.EndToEnd.Tests.Harness;

namespace NeetoDeploy.EndToEnd.Tests.Dynos;

public sealed class MemoryTests(SharedBox shared)
{
    /// <summary>Takes, and keeps, as many MiB as the path says.</summary>
    private const string GreedyServer = """
        const kept = [];
        require("http").createServer((request, response) => {
          for (let i = Number(request.url.slice(1)); i > 0; i--) kept.push(Buffer.alloc(1 << 20, 1));
          response.end(`one holds ${kept.length}`);
        }).listen(process.env.PORT);

        """;

    private readonly Box box = shared.Box;

    [Fact]
    public async Task Memory_above_the_quota_is_R14_and_above_twice_of_it_R15_and_a_restart()
    {
        await using var app = await AppUnderTest.CreateAsync(box);
        app.Write("package.json", Programs.Package);
        app.Write("server.js", GreedyServer);
        await app.DeployArchiveAsync();
        await app.AnswersAsync("one holds 0");
        Assert.Contains("holds 560", (await app.GetAsync("/560")).Body, StringComparison.Ordinal);
        await app.LogsAsync("Error R14 (Memory quota exceeded)", seconds: 60);
        await app.GetAsync("/1000");
        await app.LogsAsync("Error R15 (Memory quota vastly exceeded)", seconds: 60);
        await app.AnswersAsync("one holds 0");
    }
}
