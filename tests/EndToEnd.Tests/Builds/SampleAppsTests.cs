using System.Text.RegularExpressions;
using NeetoDeploy.EndToEnd.Tests.Harness;

namespace NeetoDeploy.EndToEnd.Tests.Builds;

/// <summary>Each sample app is deployed and requested; then its code is changed, and what holds its runtime and its dependencies is not uploaded again.</summary>
public sealed class SampleAppsTests(SharedBox shared)
{
    [Theory]
    [InlineData("flask", "app.py", "from Flask on Python 3.", "neeto/python:python neeto/python:dependencies")]
    [InlineData("rack", "config.ru", "from Rack on Ruby 3.", "neeto/ruby:ruby neeto/ruby:gems")]
    [InlineData("php", "index.php", "from PHP 8.", "neeto/php:php neeto/php:server neeto/php:boot")]
    [InlineData("deno", "main.ts", "from Deno 2.", "neeto/deno:deno neeto/deno:dependencies")]
    [InlineData("bun", "server.ts", "from Bun 1.", "neeto/bun:bun neeto/bun:packages")]
    [InlineData("dotnet", "Program.cs", "from .NET 10.", "neeto/dotnet:runtime neeto/dotnet:icu")]
    [InlineData("go", "main.go", "from go1.19", "launcher")]
    [InlineData("java", "src/main/java/hello/Main.java", "from Java 17", "neeto/java:jre")]
    public async Task A_sample_app_is_built_and_answers_and_a_change_of_code_uploads_none_of_its_dependencies(
        string sample,
        string code,
        string answer,
        string dependencies
    )
    {
        await using var app = await AppUnderTest.CreateAsync(shared.Box, sample);
        await DeployAsync(app);
        await app.AnswersAsync("Hello " + answer);

        app.Write(code, (await ReadAsync(app, code)).Replace("Hello", "Hi", StringComparison.Ordinal));
        var output = await DeployAsync(app);

        Assert.All(dependencies.Split(' '), layer => Assert.Matches($@"\n +{Regex.Escape(layer)} .* reused", output));
        await app.AnswersAsync("Hi " + answer);
    }

    [Fact]
    public async Task The_single_page_app_answers_for_every_path_that_is_no_file()
    {
        await using var app = await AppUnderTest.CreateAsync(shared.Box, "spa");
        await DeployAsync(app);
        await app.AnswersAsync("Hello from a single page");

        Assert.Equal(await app.GetAsync(), await app.GetAsync("/no/such/file"));
        Assert.Contains("const pages", (await app.GetAsync("/assets/app.js")).Body, StringComparison.Ordinal);
    }

    private static async Task<string> DeployAsync(AppUnderTest app)
    {
        var (status, output) = await app.EndOfAsync(await app.StartBuildAsync(), seconds: 300);
        Assert.True(status == "succeeded", output);
        return output;
    }

    private static Task<string> ReadAsync(AppUnderTest app, string file) =>
        File.ReadAllTextAsync(Path.Combine(app.Source, file), TestContext.Current.CancellationToken);
}
