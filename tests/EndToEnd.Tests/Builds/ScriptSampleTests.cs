using NeetoDeploy.EndToEnd.Tests.Harness;

namespace NeetoDeploy.EndToEnd.Tests.Builds;

/// <summary>Apart from <see cref="CompiledSampleTests"/>, so that one of each runs at the same time.</summary>
public sealed class ScriptSampleTests(SharedBox shared)
{
    [Theory]
    [InlineData("flask", "app.py", "from Flask on Python 3.", "neeto/python:python neeto/python:dependencies")]
    [InlineData("rack", "config.ru", "from Rack on Ruby 3.", "neeto/ruby:ruby neeto/ruby:gems")]
    [InlineData("php", "index.php", "from PHP 8.", "neeto/php:php neeto/php:server neeto/php:boot")]
    [InlineData("deno", "main.ts", "from Deno 2.", "neeto/deno:deno neeto/deno:dependencies")]
    [InlineData("hello-procfile", "bin/web", "from a Procfile", "launcher")]
    [InlineData("bun", "server.ts", "from Bun 1.", "neeto/bun:bun neeto/bun:packages")]
    public Task An_app_is_built_and_answers_and_a_change_of_code_uploads_none_of_its_dependencies(
        string sample,
        string code,
        string answer,
        string dependencies
    ) => SampleApp.ChangesAsync(shared.Box, sample, code, answer, dependencies);

    [Fact]
    public async Task Debian_s_lists_are_read_for_all_apps_once_one_has_been_built()
    {
        await using var app = await AppUnderTest.CreateAsync(shared.Box, "hello-static");
        await SampleApp.DeployAsync(app);
        await app.AnswersAsync("Hello from a static site");

        await Wait.UntilAsync(
            "lists of packages",
            TimeSpan.FromSeconds(60),
            () =>
                Task.FromResult(
                    Directory
                        .GetFiles(Path.Combine(shared.Box.Data, "builds", "debian"), "srcpkgcache.bin", SearchOption.AllDirectories)
                        .Length > 0
                )
        );
    }
}
