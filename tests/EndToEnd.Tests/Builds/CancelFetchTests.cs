using System.Net.Http.Json;
using System.Text.Json.Nodes;
using NeetoDeploy.EndToEnd.Tests.Harness;

namespace NeetoDeploy.EndToEnd.Tests.Builds;

[Collection(Killing.Name)]
public sealed class CancelFetchTests(KilledBox killed)
{
    private readonly Box box = killed.Box;

    [Fact]
    public async Task A_build_is_cancelled_while_its_source_is_fetched()
    {
        await using var silo = await box.ReconfigureAsync("AllowPrivateSources", true);
        await using var app = await AppUnderTest.CreateAsync(box);
        await using var source = new TricklingSource();
        using var started = await app.PostAsync("/builds", new { source_blob = new { url = source.Url } });
        var build = (await started.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken))!;
        await source.Asked.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        await app.CancelAsync(build);
        await source.Left.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await app.LeavesNothingAsync(build);

        Programs.WriteTo(app);
        await app.DeployArchiveAsync();
        await app.AnswersAsync("one");
    }
}
