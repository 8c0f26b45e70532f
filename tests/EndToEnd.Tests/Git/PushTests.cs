using System.Net;
using NeetoDeploy.EndToEnd.Tests.Harness;

namespace NeetoDeploy.EndToEnd.Tests.Git;

/// <summary>git push, whole: the receiving end, the build, the release, the route.</summary>
public sealed class PushTests(SharedBox shared)
{
    private readonly Box box = shared.Box;

    [Fact]
    public async Task A_push_to_another_branch_is_stored_and_says_so()
    {
        await using var app = await AppUnderTest.CreateAsync(box);
        Programs.WriteTo(app);
        await app.CommitAsync();
        var push = (await app.PushAsync("main:refs/heads/topic")).Ok();
        Assert.Contains("Pushed to non-main branch, skipping build", push.All, StringComparison.Ordinal);
        Assert.Empty((await app.ApiAsync("/builds")).AsArray());
        Assert.Contains("refs/heads/topic", (await app.GitAsync("ls-remote", "heroku")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_change_is_served_and_unchanged_layers_are_not_uploaded_again()
    {
        await using var app = await AppUnderTest.CreateAsync(box);
        Programs.WriteTo(app, "one");
        (await app.DeployAsync()).Ok();
        await app.AnswersAsync("one");
        app.Write("server.js", Programs.Server("two"));
        (await app.DeployAsync()).Ok();
        await app.AnswersAsync("two");
    }

    [Fact]
    public async Task Two_pushes_at_once_are_built_in_order_and_the_later_one_wins()
    {
        await using var app = await AppUnderTest.CreateAsync(box);
        Programs.WriteTo(app, "zero");
        (await app.DeployAsync()).Ok();

        app.Write("server.js", Programs.Server("first"));
        await app.CommitAsync("first");
        var first = app.PushAsync();
        await Wait.UntilAsync(
            "the first build",
            TimeSpan.FromSeconds(60),
            async () => (await app.ApiAsync("/builds")).AsArray().Count == 2
        );
        app.Write("server.js", Programs.Server("second"));
        await app.CommitAsync("second");
        var second = app.PushAsync("main:refs/heads/main");
        var results = await Task.WhenAll(first, second);

        // git itself may refuse the slower of two concurrent pushes; then its user pushes again.
        if (results[1].ExitCode != 0)
            (await app.PushAsync()).Ok();
        await app.AnswersAsync("second", seconds: 120);
        Assert.DoesNotContain((await app.ApiAsync("/builds")).AsArray(), build => (string?)build!["status"] == "pending");
    }

    [Fact]
    public async Task A_stranger_and_a_wrong_token_get_nowhere()
    {
        await using var app = await AppUnderTest.CreateAsync(box);
        Programs.WriteTo(app);
        await app.CommitAsync();
        var host = box.Environment["HEROKU_GIT_HOST"];
        var variables = new Dictionary<string, string>(box.Environment) { ["GIT_TERMINAL_PROMPT"] = "0", ["HOME"] = box.Home };
        var wrong = await new Command(
            ["git", "push", $"https://x:NEETO-wrong@{host}/{app.Name}.git", "main"],
            variables,
            app.Source
        ).RunAsync();
        Assert.Contains("Authentication failed", wrong.Refused().All, StringComparison.Ordinal);
        using var nobody = box.NewApi("NEETO-wrong");
        using var answer = await nobody.GetAsync(new Uri($"/apps/{app.Name}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task A_push_of_200_MB_arrives()
    {
        await using var app = await AppUnderTest.CreateAsync(box);
        Programs.WriteTo(app);
        var random = new Random(1);
        var part = new byte[50 << 20];
        for (var i = 0; i < 4; i++)
        {
            random.NextBytes(part);
            await File.WriteAllBytesAsync(Path.Combine(app.Source, $"part{i}.bin"), part, TestContext.Current.CancellationToken);
        }
        (await app.DeployAsync()).Ok();
        await app.AnswersAsync("one");
    }
}
