using NeetoDeploy.EndToEnd.Tests.Harness;

namespace NeetoDeploy.EndToEnd.Tests.Builds;

public sealed class DownloadsTests(SharedBox shared)
{
    [Fact]
    public async Task What_one_app_has_downloaded_the_next_one_does_not_download_again()
    {
        await using var first = await AppUnderTest.CreateAsync(shared.Box);
        Programs.WriteTo(first);
        (await first.DeployAsync()).Ok();
        await using var second = await AppUnderTest.CreateAsync(shared.Box);
        Programs.WriteTo(second);

        var push = (await second.DeployAsync()).Ok();

        Assert.Matches(@"Node\.js [0-9.]+: found among the downloads of earlier builds", push.All);
        await second.AnswersAsync("one");
    }
}
