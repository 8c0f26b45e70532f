using NeetoDeploy.EndToEnd.Tests.Harness;

namespace NeetoDeploy.EndToEnd.Tests.Builds;

public sealed class SinglePageTests(SharedBox shared)
{
    [Fact]
    public async Task The_single_page_app_answers_for_every_path_that_is_no_file()
    {
        await using var app = await AppUnderTest.CreateAsync(shared.Box, "spa");
        await SampleApp.DeployAsync(app);
        await app.AnswersAsync("Hello from a single page");

        Assert.Equal(await app.GetAsync(), await app.GetAsync("/no/such/file"));
        Assert.Contains("const pages", (await app.GetAsync("/assets/app.js")).Body, StringComparison.Ordinal);
    }
}
