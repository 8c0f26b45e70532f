using System.Diagnostics;
using NeetoDeploy.Builder.Tests.Lifecycle;

namespace NeetoDeploy.Builder.Tests.Buildpacks;

public sealed class BundledBuildpacksTests : IDisposable
{
    private readonly LifecycleFixture fixture = new() { Buildpacks = Path.Combine(Repository.Root, "buildpacks") };

    [Theory]
    [InlineData("package.json", "neeto/nodejs")]
    [InlineData("package.json Procfile", "neeto/nodejs neeto/procfile")]
    [InlineData("package.json index.html", "neeto/nodejs")]
    [InlineData("package.json bun.lock", "neeto/bun")]
    [InlineData("package.json bun.lockb Procfile", "neeto/bun neeto/procfile")]
    [InlineData("deno.json main.ts", "neeto/deno")]
    [InlineData("deno.jsonc package.json", "neeto/deno")]
    [InlineData("deno.json package.json package-lock.json", "neeto/nodejs")]
    [InlineData("deno.json package.json bun.lock", "neeto/bun")]
    [InlineData("pom.xml", "neeto/java")]
    [InlineData("gradlew build.gradle", "neeto/java")]
    [InlineData("shop.jar Procfile", "neeto/java neeto/procfile")]
    [InlineData("go.mod main.go", "neeto/go")]
    [InlineData("Shop.sln", "neeto/dotnet")]
    [InlineData("Shop.csproj Procfile", "neeto/dotnet neeto/procfile")]
    [InlineData("requirements.txt Procfile", "neeto/python neeto/procfile")]
    [InlineData("pyproject.toml uv.lock", "neeto/python")]
    [InlineData("Pipfile index.html", "neeto/python")]
    [InlineData("package.json requirements.txt", "neeto/nodejs")]
    [InlineData("Gemfile package.json", "neeto/ruby")]
    [InlineData("index.php index.html", "neeto/php")]
    [InlineData("composer.json requirements.txt", "neeto/python")]
    [InlineData("index.html", "neeto/static")]
    [InlineData("public/index.html Procfile", "neeto/static neeto/procfile")]
    [InlineData("static.json", "neeto/static")]
    [InlineData("Procfile main.py", "neeto/procfile")]
    public async Task An_app_is_known_by_its_files(string files, string buildpacks)
    {
        foreach (var file in files.Split(' '))
            fixture.Write($"app/{file}", "");

        (await fixture.RunAsync("detect")).Expect(0);

        var group = fixture.Read("layers/group.toml");
        Assert.Equal(buildpacks.Split(' ').Length, group.Split("[[group]]").Length - 1);
        Assert.All(buildpacks.Split(' '), id => Assert.Contains($"id = \"{id}\"", group, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_package_that_names_bun_as_its_manager_is_bun_s()
    {
        fixture.Write("app/package.json", """{"packageManager":"bun@1.4.5"}""");

        (await fixture.RunAsync("detect")).Expect(0);

        Assert.Contains("id = \"neeto/bun\"", fixture.Read("layers/group.toml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_that_nobody_knows_is_refused_with_what_to_add() =>
        Assert.Contains("a package.json (Node.js)", (await fixture.RunAsync()).Expect(20).Errors, StringComparison.Ordinal);

    [Fact]
    public async Task A_Procfile_declares_the_processes_and_web_is_the_default()
    {
        fixture.Write("app/Procfile", "web: bin/web -p $PORT\nworker: bin/worker\n");

        (await fixture.RunAsync()).Expect(0);

        var metadata = fixture.Read("layers/config/metadata.toml");
        Assert.Contains("command = [\"bin/web -p $PORT\"]", metadata, StringComparison.Ordinal);
        Assert.Contains("type = \"worker\"", metadata, StringComparison.Ordinal);
        Assert.Contains("buildpack-default-process-type = \"web\"", metadata, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broken_Procfile_fails_the_build_and_its_line_is_named()
    {
        fixture.Write("app/Procfile", "web: bin/web\nworker bin/worker\n");

        Assert.Contains(
            "Procfile line 2: 'worker bin/worker' has no colon",
            (await fixture.RunAsync()).Expect(51).Errors,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("neeto_bun")]
    [InlineData("neeto_deno")]
    [InlineData("neeto_dotnet")]
    [InlineData("neeto_go")]
    [InlineData("neeto_java")]
    [InlineData("neeto_nodejs")]
    [InlineData("neeto_php")]
    [InlineData("neeto_python")]
    [InlineData("neeto_ruby")]
    [InlineData("neeto_static")]
    [InlineData("neeto_procfile")]
    public async Task Programs_are_free_of_what_shellcheck_finds(string buildpack)
    {
        var folder = Directory.GetDirectories(Path.Combine(fixture.Buildpacks!, buildpack)).Single();
        using var shellcheck = Process.Start(
            new ProcessStartInfo("shellcheck", ["-x", "bin/detect", "bin/build"])
            {
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
            }
        )!;
        var found = await shellcheck.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await shellcheck.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal("", found);
    }

    public void Dispose() => fixture.Dispose();
}
