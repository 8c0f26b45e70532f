using NeetoDeploy.Builder.Tests.Lifecycle;

namespace NeetoDeploy.Builder.Tests.Buildpacks;

/// <summary>The Bun buildpack against a registry whose bun is a small bash script.</summary>
public sealed class BunBuildpackTests : IDisposable
{
    private const string Bun = """
        #!/usr/bin/env bash
        echo "bun $*"
        [[ ! -e fail ]] || { echo "error: lockfile had changes, but lockfile is frozen"; exit 1; }
        [[ $1 != install ]] || { mkdir -p node_modules; echo "$*" > node_modules/made-by; [[ ! -d packages ]] || cp -r packages/. node_modules; }
        """;

    private readonly FakeNpmRegistry registry = new();
    private readonly LifecycleFixture fixture = new() { Buildpacks = Path.Combine(Repository.Root, "buildpacks") };

    public BunBuildpackTests()
    {
        foreach (var package in new[] { "@oven/bun-linux-x64", "@oven/bun-linux-x64-baseline", "@oven/bun-linux-aarch64" })
        foreach (var version in new[] { "1.3.9", "1.4.5" })
            registry.Add(package, version, broken: false, ("bin/bun", Bun));
        fixture.Write("platform/env/NPM_CONFIG_REGISTRY", registry.Url);
        fixture.Write("app/bun.lock", "{}");
        fixture.Write("app/package.json", """{"dependencies":{"hono":"4"}}""");
    }

    [Theory]
    [InlineData("", "{}", "Bun 1.4.5", "choosing the newest of 1.x")]
    [InlineData("1.3.9", """{"packageManager":"bun@1.4.5"}""", "Bun 1.3.9", ".bun-version: 1.3.9")]
    [InlineData("", """{"packageManager":"bun@1.3.9+sha512.abc"}""", "Bun 1.3.9", "packageManager (package.json): 1.3.9")]
    [InlineData("", """{"engines":{"bun":"~1.3"}}""", "Bun 1.3.9", "engines.bun (package.json): ~1.3")]
    public async Task The_version_is_what_the_app_pins_or_the_newest(string pinned, string package, string version, string said)
    {
        if (pinned.Length > 0)
            fixture.Write("app/.bun-version", pinned);
        fixture.Write("app/package.json", package);

        var output = (await fixture.RunAsync()).Expect(0).Output;

        Assert.Contains(version + ": downloaded", output, StringComparison.Ordinal);
        Assert.Contains(said, output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(".bun-version", "0.8", "No version of Bun satisfies .bun-version '0.8'")]
    [InlineData(".bun-version", "", ".bun-version is empty")]
    [InlineData("package.json", "{ nonsense", "not valid JSON")]
    [InlineData("package.json", "[]", "must hold a JSON object")]
    [InlineData("fail", "", "If the lock file is out of date, run bun install and commit it.")]
    public async Task What_is_wrong_is_said(string file, string content, string said)
    {
        fixture.Write($"app/{file}", content);

        Assert.Contains(said, (await fixture.RunAsync()).Expect(51).Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"scripts":{"start":"bun server.ts"}}""", "bun server.ts")]
    [InlineData("""{"scripts":{"start":"bun server.ts","prestart":"x"}}""", "bun run start")]
    [InlineData("""{"scripts":{"start":"next start"}}""", "bun run start")]
    [InlineData("""{"module":"index.ts"}""", "bun index.ts")]
    [InlineData("{}", "bun server.ts")]
    public async Task The_start_script_or_the_usual_program_is_the_default_process(string package, string command)
    {
        fixture.Write("app/package.json", package);
        fixture.Write("app/index.ts", "");
        fixture.Write("app/server.ts", "");

        (await fixture.RunAsync()).Expect(0);

        Assert.Contains($"command = [\"{command}\"]", fixture.Read("layers/config/metadata.toml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_of_code_alone_reuses_everything_and_asks_nobody()
    {
        Assert.Contains(
            "bun install --frozen-lockfile --no-progress --production",
            (await fixture.RunAsync()).Expect(0).Output,
            StringComparison.Ordinal
        );
        var asked = registry.Requests;
        File.Delete(fixture.At("app/node_modules"));
        fixture.Write("app/server.ts", "changed");

        var run = (await fixture.RunAsync()).Expect(0);

        Assert.Equal(asked, registry.Requests);
        Assert.Contains("Bun 1.4.5: reused", run.Output, StringComparison.Ordinal);
        Assert.Contains("node_modules: reused", run.Output, StringComparison.Ordinal);
        Assert.True(fixture.Exists("app/node_modules/made-by"));
    }

    [Fact]
    public async Task A_build_script_runs_between_a_whole_install_and_one_for_production()
    {
        fixture.Write("app/package.json", """{"scripts":{"build":"vite build"},"devDependencies":{"vite":"6"}}""");

        var output = (await fixture.RunAsync()).Expect(0).Output;

        Assert.Matches(
            "bun install --frozen-lockfile --no-progress\n[\\s\\S]*bun run build[\\s\\S]*bun install [^\n]*--production",
            output
        );
        Assert.Equal("install --frozen-lockfile --no-progress --production --ignore-scripts\n", fixture.Read("app/node_modules/made-by"));
    }

    [Theory]
    [InlineData("""{"dependencies":{"hono":"4"}}""", "packages")]
    [InlineData("""{"scripts":{"build":"vite build"},"dependencies":{"hono":"4"}}""", "")]
    public async Task Bun_and_the_packages_have_bills_of_materials(string package, string layer)
    {
        fixture.Write("app/package.json", package);
        fixture.Write("app/packages/hono/package.json", """{"name":"hono","version":"4.6.3"}""");

        (await fixture.RunAsync()).Expect(0);

        Assert.Equal(["pkg:generic/bun@1.4.5"], fixture.Materials("neeto_bun", "bun"));
        Assert.Equal(["pkg:npm/hono@4.6.3"], fixture.Materials("neeto_bun", layer));
    }

    [Theory]
    [InlineData("bun.lock", "{ }")]
    [InlineData("package.json", """{"scripts":{"build":"vite build"},"dependencies":{"hono":"4","lit":"3"}}""")]
    public async Task Beside_a_build_script_they_are_looked_at_again_when_the_lock_file_or_package_json_change(string file, string changed)
    {
        fixture.Write("app/package.json", """{"scripts":{"build":"vite build"},"dependencies":{"hono":"4"}}""");
        fixture.Write("app/packages/hono/package.json", """{"name":"hono","version":"4.6.3"}""");
        (await fixture.RunAsync()).Expect(0);
        fixture.Write("app/packages/hono/package.json", """{"name":"hono","version":"4.6.4"}""");
        (await fixture.RunAsync()).Expect(0);
        Assert.Equal(["pkg:npm/hono@4.6.3"], fixture.Materials("neeto_bun"));
        fixture.Write($"app/{file}", changed);

        (await fixture.RunAsync()).Expect(0);

        Assert.Equal(["pkg:npm/hono@4.6.4"], fixture.Materials("neeto_bun"));
    }

    public void Dispose()
    {
        fixture.Dispose();
        registry.Dispose();
    }
}
