using NeetoDeploy.EndToEnd.Tests.Harness;

namespace NeetoDeploy.EndToEnd.Tests.Stacks;

/// <summary>
/// A stack of the operator's that is a builder, whole: the file, its preparation, builds by the builder's own lifecycle (<c>creator.py</c> beside this file), and
/// dynos of the image that it makes.
/// </summary>
[Collection(Killing.Name)]
public sealed class BuilderStackTests(KilledBox killed)
{
    private readonly Box box = killed.Box;

    [Fact]
    public async Task An_app_is_built_by_a_builder_and_built_again_from_its_cache()
    {
        var build = await EngineBelongings.BuildImageAsync(box.Data);
        var builder = $"localhost/neeto-e2e/builder:{Guid.NewGuid():N}";
        var sources = Path.Combine(Checkout.Root, "tests/EndToEnd.Tests/Stacks");
        (await EngineBelongings.DockerAsync(["build", "--tag", builder, "--build-arg", $"BASE={build}", sources])).Ok();
        try
        {
            await using var stack = await box.AddStacksAsync($"[theirs]\nbuilder = \"{builder}\"\nrun = \"{build}\"\n");
            await using var app = await AppUnderTest.CreateAsync(box);
            using var set = await app.PatchAsync("", new { build_stack = "theirs" });
            Assert.True(set.IsSuccessStatusCode);
            using var config = await app.PatchAsync("/config-vars", new Dictionary<string, string> { ["SUFFIX"] = " by config var" });
            app.Write("greeting.txt", "hello");

            var first = (await app.DeployAsync()).Ok();
            Assert.Contains("remote: -----> Greeting ", first.All, StringComparison.Ordinal);
            Assert.DoesNotContain("again", first.All, StringComparison.Ordinal);
            await app.AnswersAsync("hello by config var");

            app.Write("greeting.txt", "bonjour");
            var second = (await app.DeployAsync()).Ok();
            Assert.Contains("-----> Greeting, again", second.All, StringComparison.Ordinal);
            Assert.Matches(@"test/greeting:tools +\S+ \S+ +reused", second.All);
            await app.AnswersAsync("bonjour by config var");

            app.Write("fail", "");
            Assert.Contains("failed to compile", (await app.DeployAsync()).Refused().All, StringComparison.Ordinal);
            await app.AnswersAsync("bonjour by config var");
        }
        finally
        {
            await EngineBelongings.DockerAsync(["image", "rm", "--force", builder]);
        }
    }
}
