using NeetoDeploy.EndToEnd.Tests.Harness;

namespace NeetoDeploy.EndToEnd.Tests.Builds;

public sealed class FailedBuildTests(SharedBox shared)
{
    [Fact]
    public async Task The_build_after_a_failed_one_finds_what_had_been_cached()
    {
        await using var app = await AppUnderTest.CreateAsync(shared.Box, "express");
        (await app.DeployAsync()).Ok();
        await app.AnswersAsync("Hello from Express");
        var package = await File.ReadAllTextAsync(Path.Combine(app.Source, "package.json"), TestContext.Current.CancellationToken);
        app.Write(
            "package.json",
            package.Replace("\"dependencies\": {", "\"dependencies\": { \"no-such-package-at-all\": \"1\",", StringComparison.Ordinal)
        );
        (await app.DeployAsync()).Refused();
        app.Write("package.json", package);

        var push = (await app.DeployAsync()).Ok();

        Assert.Matches(@"Node\.js [0-9.]+: reused", push.All);
        Assert.Contains("node_modules: reused", push.All, StringComparison.Ordinal);
    }
}
