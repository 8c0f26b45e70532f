using System.Net;
using NeetoDeploy.EndToEnd.Tests.Harness;

namespace NeetoDeploy.EndToEnd.Tests.Inputs;

public sealed class ConfigValueTests(SharedBox shared)
{
    private const string EchoServer = """
        require("http").createServer((request, response) => response.end(JSON.stringify(process.env[request.url.slice(1)] || null)))
          .listen(process.env.PORT);

        """;

    private readonly Box box = shared.Box;

    [Fact]
    public async Task Every_value_that_an_environment_can_carry_arrives_unchanged_and_others_are_refused()
    {
        await using var app = await AppUnderTest.CreateAsync(box);
        app.Write("package.json", Programs.Package);
        app.Write("server.js", EchoServer);
        var values = new Dictionary<string, string>
        {
            ["LINES"] = "first\nsecond\r\n\tthird\n",
            ["SHELL_WORDS"] = "$(touch /tmp/x) `id` ; rm -rf / && \"quoted\" 'single' \\ $HOME # * ? ~ ! | > <",
            ["LETTERS"] = "žluťoučký 日本 🚀",
            ["LARGE"] = new string('v', 60 * 1024),
        };
        using var set = await app.PatchAsync("/config-vars", values);
        Assert.Equal(HttpStatusCode.OK, set.StatusCode);
        await app.DeployArchiveAsync();
        await app.AnswersAsync("null");
        foreach (var (name, value) in values)
            Assert.Equal(value, System.Text.Json.JsonSerializer.Deserialize<string>((await app.GetAsync($"/{name}")).Body));

        foreach (var (name, value) in new[] { ("NUL", "a\0b"), ("A B", "x"), ("A;B", "x"), ("$(id)", "x"), ("A\nB", "x"), ("TOO_LARGE", new string('v', 8 * 1024)) })
        {
            using var refused = await app.PatchAsync("/config-vars", new Dictionary<string, string> { [name] = value });
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        }
        Assert.Equal(values.Count, (await app.ApiAsync("/config-vars")).AsObject().Count);
    }
}
