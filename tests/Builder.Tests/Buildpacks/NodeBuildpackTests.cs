using System.IO.Compression;
using System.Runtime.InteropServices;
using NeetoDeploy.Builder.Tests.Lifecycle;

namespace NeetoDeploy.Builder.Tests.Buildpacks;

/// <summary>The Node.js buildpack against a registry whose node and npm are small bash scripts.</summary>
public sealed class NodeBuildpackTests : IDisposable
{
    private const string Install = """
        #!/usr/bin/env bash
        echo "npm $*"
        bill() { [[ ! -d packages ]] || cp -r packages/. node_modules; }
        [[ ! -e fail-install ]] || { echo "E404 no-such-package"; exit 1; }
        case $1 in ci | install) mkdir -p node_modules/left-pad; echo "$1" > node_modules/left-pad/made-by; bill ;; esac
        """;

    private readonly FakeNpmRegistry registry = new();
    private readonly LifecycleFixture fixture = new() { Buildpacks = Path.Combine(Repository.Root, "buildpacks") };

    public NodeBuildpackTests()
    {
        var node = $"node-linux-{(RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "arm64" : "x64")}";
        foreach (var version in new[] { "22.3.0", "22.10.1", "24.2.0", "25.0.0" })
            registry.Add(node, version, broken: false, ("bin/node", "#!/bin/sh\n"), ("include/node/node.h", "\n"));
        registry.Add(node, "26.0.0", broken: true, ("bin/node", "#!/bin/sh\n"));
        foreach (var version in new[] { "10.8.0", "11.2.0" })
            registry.Add(
                "npm",
                version,
                broken: false,
                ("package.json", "{\"version\":\"" + version + "\",\"bin\":{\"npm\":\"bin/npm-cli.js\"}}"),
                ("bin/npm-cli.js", Install)
            );
        fixture.Write("platform/env/NPM_CONFIG_REGISTRY", registry.Url);
    }

    [Theory]
    [InlineData("{}", "Node.js 24.2.0", "engines.node is not set")]
    [InlineData("""{"engines":{"node":"22.x"}}""", "Node.js 22.10.1", "npm 10.8.0")]
    [InlineData("""{"engines":{"node":">=22 <25"}}""", "Node.js 24.2.0", "npm 11.2.0")]
    [InlineData("""{"engines":{"node":"22.3.0","npm":"11"}}""", "Node.js 22.3.0", "npm 11.2.0")]
    public async Task The_version_of_node_is_what_package_json_asks_for(string package, string node, string said)
    {
        fixture.Write("app/package.json", package);

        var run = (await fixture.RunAsync()).Expect(0);

        Assert.Contains(node + ": downloaded", run.Output, StringComparison.Ordinal);
        Assert.Contains(said, run.Output, StringComparison.Ordinal);
        Assert.True(fixture.Exists("layers/neeto_nodejs/node/bin/node"));
    }

    [Theory]
    [InlineData("{ nonsense", "not valid JSON")]
    [InlineData("[]", "must hold a JSON object")]
    [InlineData("", "is empty")]
    [InlineData("""{"engines":{"node":"18.x"}}""", "No version of Node.js satisfies engines.node '18.x'")]
    [InlineData("""{"engines":{"node":"newest"}}""", "is not a version range")]
    [InlineData("""{"engines":{"node":"26.x"}}""", "digest differs")]
    [InlineData("""{"packageManager":"bower@1"}""", "is not npm, yarn or pnpm")]
    public async Task What_is_wrong_with_package_json_is_said(string package, string said)
    {
        fixture.Write("app/package.json", package);

        Assert.Contains(said, (await fixture.RunAsync()).Expect(51).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Node_npm_and_the_packages_have_bills_of_materials()
    {
        fixture.Write("app/package.json", """{"dependencies":{"left-pad":"1"}}""");
        fixture.Write("app/packages/left-pad/package.json", """{"name":"left-pad","version":"1.3.0"}""");
        fixture.Write("app/packages/left-pad/test/package.json", """{"name":"of-a-test","version":"1.0.0"}""");
        fixture.Write("app/packages/@my/lib/package.json", """{"name":"@my/lib","version":"2.0.0-rc+1"}""");
        fixture.Write("app/packages/@my/lib/node_modules/inner/package.json", """{"name":"inner","version":"0.1.0"}""");

        (await fixture.RunAsync()).Expect(0);

        Assert.Equal(["pkg:generic/node@24.2.0"], fixture.Materials("neeto_nodejs", "node"));
        Assert.Equal(["pkg:npm/npm@11.2.0"], fixture.Materials("neeto_nodejs", "npm"));
        Assert.Equal(
            ["pkg:npm/%40my/lib@2.0.0-rc%2B1", "pkg:npm/inner@0.1.0", "pkg:npm/left-pad@1.3.0"],
            fixture.Materials("neeto_nodejs", "packages")
        );
    }

    [Fact]
    public async Task Two_lock_files_are_refused()
    {
        fixture.Write("app/package.json", "{}");
        fixture.Write("app/yarn.lock", "");
        fixture.Write("app/package-lock.json", "{}");

        Assert.Contains("lock files of npm yarn", (await fixture.RunAsync()).Expect(51).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_of_code_alone_reuses_everything_and_asks_nobody()
    {
        fixture.Write("app/package.json", """{"scripts":{"start":"node server.js"},"dependencies":{"left-pad":"1"}}""");
        fixture.Write("app/package-lock.json", "{}");
        (await fixture.RunAsync()).Expect(0);
        var asked = registry.Requests;
        File.Delete(fixture.At("app/node_modules"));
        fixture.Write("app/server.js", "changed");
        string[] written = [.. Directory.EnumerateFiles(fixture.At("layers/neeto_nodejs/node"), "*", SearchOption.AllDirectories)];
        var times = written.Select(File.GetLastWriteTimeUtc).ToArray();

        var run = (await fixture.RunAsync()).Expect(0);

        // A file that is written again, even the same, makes the exporter pack its layer again.
        Assert.NotEmpty(written);
        Assert.Equal(times, written.Select(File.GetLastWriteTimeUtc));
        Assert.Equal(asked, registry.Requests);
        Assert.Contains("Node.js 24.2.0: reused", run.Output, StringComparison.Ordinal);
        Assert.Contains("node_modules: reused", run.Output, StringComparison.Ordinal);
        Assert.Equal("ci\n", fixture.Read("app/node_modules/left-pad/made-by"));
        Assert.Contains("command = [\"node server.js\"]", fixture.Read("layers/config/metadata.toml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_lock_file_installs_anew()
    {
        fixture.Write("app/package.json", """{"dependencies":{"left-pad":"1"}}""");
        (await fixture.RunAsync()).Expect(0);
        File.Delete(fixture.At("app/node_modules"));
        fixture.Write("app/package-lock.json", "{}");

        Assert.Contains("npm ci --omit=dev", (await fixture.RunAsync()).Expect(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failing_install_shows_the_tool_s_own_words()
    {
        fixture.Write("app/package.json", """{"dependencies":{"no-such-package":"1"}}""");
        fixture.Write("app/fail-install", "");

        var run = (await fixture.RunAsync()).Expect(51);

        Assert.Contains("E404 no-such-package", run.Output, StringComparison.Ordinal);
        Assert.Contains("Installing the dependencies failed", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_build_does_not_make_the_next_one_slow()
    {
        const string Package = """{"dependencies":{"left-pad":"1"}}""";
        fixture.Write("app/package.json", Package);
        (await fixture.RunAsync()).Expect(0);
        var asked = registry.Requests;
        File.Delete(fixture.At("app/node_modules"));
        fixture.Write("app/package.json", """{"dependencies":{"no-such-package":"1"}}""");
        fixture.Write("app/fail-install", "");
        Assert.Contains("Node.js 24.2.0: reused", (await fixture.RunAsync()).Expect(51).Output, StringComparison.Ordinal);
        fixture.Write("app/package.json", Package);
        File.Delete(fixture.At("app/fail-install"));

        var run = (await fixture.RunAsync()).Expect(0);

        Assert.Contains("Node.js 24.2.0: reused", run.Output, StringComparison.Ordinal);
        Assert.Contains("npm 11.2.0: reused", run.Output, StringComparison.Ordinal);
        Assert.Contains("node_modules: reused", run.Output, StringComparison.Ordinal);
        Assert.Equal(asked, registry.Requests);
    }

    [Fact]
    public async Task What_another_app_has_downloaded_is_not_downloaded_again()
    {
        fixture.Write("app/package.json", "{}");
        Assert.Contains("Node.js 24.2.0: downloaded", (await fixture.RunAsync()).Expect(0).Output, StringComparison.Ordinal);
        Assert.Equal(2, Directory.GetFiles(fixture.At("cache/offers")).Length);
        using var other = Other(fixture.At("cache/offers"));

        var run = (await other.RunAsync()).Expect(0);

        Assert.Contains("Node.js 24.2.0: found among the downloads", run.Output, StringComparison.Ordinal);
        Assert.Contains("npm 11.2.0: found among the downloads", run.Output, StringComparison.Ordinal);
        Assert.False(other.Exists("cache/offers"));
        Assert.True(other.Exists("layers/neeto_nodejs/node/bin/node"));
    }

    [Fact]
    public async Task What_the_builder_has_unpacked_is_not_unpacked_again()
    {
        fixture.Write("app/package.json", "{}");
        (await fixture.RunAsync()).Expect(0);
        foreach (var file in Directory.GetFiles(fixture.At("cache/offers")))
        {
            await using (var packed = new GZipStream(File.OpenRead(file), CompressionMode.Decompress))
            await using (var content = File.Create($"{file}.tar"))
                await packed.CopyToAsync(content, TestContext.Current.CancellationToken);
            File.Delete(file);
        }
        using var other = Other(fixture.At("cache/offers"));

        var run = (await other.RunAsync()).Expect(0);

        Assert.Contains("Node.js 24.2.0: found among the downloads", run.Output, StringComparison.Ordinal);
        Assert.False(other.Exists("cache/offers"));
        Assert.True(other.Exists("layers/neeto_nodejs/node/bin/node"));
    }

    [Fact]
    public async Task What_another_app_has_left_is_not_used_unless_it_is_what_the_registry_describes()
    {
        fixture.Write("app/package.json", "{}");
        (await fixture.RunAsync()).Expect(0);
        foreach (var file in Directory.GetFiles(fixture.At("cache/offers")))
            await File.WriteAllTextAsync(file, "something else", TestContext.Current.CancellationToken);
        using var other = Other(fixture.At("cache/offers"));

        Assert.Contains("Node.js 24.2.0: downloaded", (await other.RunAsync()).Expect(0).Output, StringComparison.Ordinal);
    }

    private LifecycleFixture Other(string downloads)
    {
        var other = new LifecycleFixture { Buildpacks = Path.Combine(Repository.Root, "buildpacks"), Downloads = downloads };
        other.Write("platform/env/NPM_CONFIG_REGISTRY", registry.Url);
        other.Write("app/package.json", "{}");
        return other;
    }

    [Fact]
    public async Task A_build_script_runs_between_a_whole_install_and_a_prune()
    {
        fixture.Write("app/package.json", """{"scripts":{"build":"tsc"},"devDependencies":{"typescript":"5"}}""");

        var output = (await fixture.RunAsync()).Expect(0).Output;

        Assert.Matches("npm install [^\n]*--include=dev[\\s\\S]*npm run build[\\s\\S]*npm prune --omit=dev", output);
    }

    [Fact]
    public async Task The_scripts_of_a_heroku_app_run_in_heroku_s_order()
    {
        fixture.Write(
            "app/package.json",
            """{"scripts":{"heroku-prebuild":"a","build":"b","heroku-postbuild":"c","heroku-cleanup":"d"},"dependencies":{"left-pad":"1"}}"""
        );

        var output = (await fixture.RunAsync()).Expect(0).Output;

        Assert.Matches(
            "run heroku-prebuild[\\s\\S]*npm install[\\s\\S]*run heroku-postbuild[\\s\\S]*npm prune[\\s\\S]*run heroku-cleanup",
            output
        );
        Assert.DoesNotContain("npm run build", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("NPM_CONFIG_PRODUCTION", "false")]
    [InlineData("NODE_ENV", "staging")]
    public async Task Dependencies_for_development_stay_when_a_config_var_says_so(string name, string value)
    {
        fixture.Write($"platform/env/{name}", value);
        fixture.Write("app/package.json", """{"scripts":{"build":"tsc"},"devDependencies":{"typescript":"5"}}""");

        var output = (await fixture.RunAsync()).Expect(0).Output;

        Assert.Contains($"Dependencies for development stay in the image, because of {name}={value}", output, StringComparison.Ordinal);
        Assert.DoesNotContain("npm prune", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Such_a_config_var_changes_the_layer_of_packages()
    {
        fixture.Write("app/package.json", """{"devDependencies":{"left-pad":"1"}}""");
        (await fixture.RunAsync()).Expect(0);
        File.Delete(fixture.At("app/node_modules"));
        fixture.Write("platform/env/NODE_ENV", "test");

        Assert.Contains(
            "npm install --no-package-lock --include=dev",
            (await fixture.RunAsync()).Expect(0).Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_build_script_gets_the_flags_of_NODE_BUILD_FLAGS()
    {
        fixture.Write("platform/env/NODE_BUILD_FLAGS", "--mode quick");
        fixture.Write("app/package.json", """{"scripts":{"build":"vite build"}}""");

        Assert.Contains("npm run build -- --mode quick", (await fixture.RunAsync()).Expect(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Packages_that_Plug_n_Play_runs_from_the_cache_are_known_to_every_node_of_the_image()
    {
        const string Yarn = """
            #!/usr/bin/env bash
            case $1 in config) echo pnp ;; install) echo "cache: ${YARN_CACHE_FOLDER:-in the app}"; touch .pnp.cjs ;; --version) echo 4.5.3 ;; esac
            """;
        registry.Add(
            "@yarnpkg/cli-dist",
            "4.5.3",
            broken: false,
            ("package.json", """{"bin":{"yarn":"./bin/yarn.js"}}"""),
            ("bin/yarn.js", Yarn)
        );
        fixture.Write("app/package.json", """{"packageManager":"yarn@4.5.3","dependencies":{"left-pad":"1"}}""");

        var output = (await fixture.RunAsync()).Expect(0).Output;

        Assert.Contains("cache: in the app", output, StringComparison.Ordinal);
        Assert.Equal($"--require {fixture.At("app/.pnp.cjs")}", fixture.Read("layers/neeto_nodejs/pnp/env.launch/NODE_OPTIONS.append"));
    }

    [Fact]
    public async Task An_app_that_nothing_starts_is_told_so()
    {
        fixture.Write("app/package.json", "{}");

        Assert.Contains("Nothing starts this app", (await fixture.RunAsync()).Expect(0).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_fails_unforeseen_is_named()
    {
        fixture.Write("app/package.json", "{}");
        fixture.Write("layers/neeto_nodejs/node", "a file where a folder should be");
        fixture.Write("layers/neeto_nodejs/headers", "here as well");
        fixture.Write("cache/index", "and here");

        Assert.Contains(
            "The buildpack stopped at registry.sh line",
            (await fixture.RunAsync()).Expect(51).Errors,
            StringComparison.Ordinal
        );
    }

    public void Dispose()
    {
        fixture.Dispose();
        registry.Dispose();
    }
}
